import { sql, type Kysely } from 'kysely'
import { DomainError } from '../../domain/errors.ts'
import type { Identifiers, IdentifierStore, NamingConfig } from '../../domain/records/identifiers.ts'
import type { Schema } from '../schema.ts'
import { textArray } from '../text-array.ts'

/** Identifiers from one sequence: a handle and a pid of a record share their number, and none comes twice. */
export function postgresIdentifierStore(db: Kysely<Schema>, naming: NamingConfig): IdentifierStore {
  const assignMany = async (wanted: readonly Partial<Identifiers>[]): Promise<readonly Identifiers[]> => {
    const assigned: Identifiers[] = []
    while (assigned.length < wanted.length) {
      const { taken, fresh } = await lookUpNames(db, naming, wanted, wanted.length - assigned.length)
      refuseTaken(taken, wanted)
      // A number is skipped when somebody brought, or brings just now, a name that holds it.
      for (const { isTaken, ...names } of fresh) {
        const isFree =
          !isTaken && wanted.every(({ handle, pid }) => handle !== names.handle && pid !== names.pid)
        const brought = wanted[assigned.length]
        if (isFree && brought !== undefined) assigned.push({ ...names, ...brought })
      }
    }
    return assigned
  }
  return {
    assignMany,
    async assign(wanted = {}) {
      const [names] = await assignMany([wanted])
      if (names === undefined) throw new Error('A record was given no names')
      return names
    },
  }
}

/**
 * The names of records that have one of those wanted, and names of the next numbers, with whether somebody brought one of these.
 * Numbers of a refused transaction are given to nobody else.
 */
async function lookUpNames(
  db: Kysely<Schema>,
  { handlePrefix, pidNamespace }: NamingConfig,
  wanted: readonly Partial<Identifiers>[],
  count: number,
): Promise<{
  readonly taken: readonly Identifiers[]
  readonly fresh: readonly (Identifiers & { readonly isTaken: boolean })[]
}> {
  const handles = wanted.map(({ handle }) => handle).filter((handle) => handle !== undefined)
  const pids = wanted.map(({ pid }) => pid).filter((pid) => pid !== undefined)
  const result = await sql<{ handle: string; pid: string; is_fresh: boolean; is_taken: boolean }>`
    select handle, pid, true as is_fresh,
      exists (select from record r where r.handle = fresh.handle or r.pid = fresh.pid) as is_taken
    from (
      select ${`${handlePrefix}/`} || number as handle, ${`${pidNamespace}:`} || number as pid
      from (select nextval('handle_suffix') as number from generate_series(1, (select ${count}::integer))) numbers
      offset 0
    ) fresh
    union all
    select handle, pid, false, true from record
    where handle = any(${textArray(handles)}) or pid = any(${textArray(pids)})
  `.execute(db)
  return {
    taken: result.rows.filter((row) => !row.is_fresh),
    fresh: result.rows
      .filter((row) => row.is_fresh)
      .map(({ handle, pid, is_taken: isTaken }) => ({ handle, pid, isTaken })),
  }
}

function refuseTaken(taken: readonly Identifiers[], wanted: readonly Partial<Identifiers>[]): void {
  for (const field of ['handle', 'pid'] as const) {
    const value = wanted
      .map((names) => names[field])
      .find((name) => name !== undefined && taken.some((names) => names[field] === name))
    if (value !== undefined) {
      throw new DomainError('CONFLICT', `The ${field} ${value} is taken`, { field, value })
    }
  }
}
