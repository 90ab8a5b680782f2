import { sql, type Kysely } from 'kysely'
import { DomainError } from '../../domain/errors.ts'
import type { Identifiers, IdentifierStore, NamingConfig } from '../../domain/records/identifiers.ts'
import type { Schema } from '../schema.ts'

/** Identifiers from one sequence: a handle and a pid of a record share their number, and none comes twice. */
export function postgresIdentifierStore(db: Kysely<Schema>, naming: NamingConfig): IdentifierStore {
  const assignMany = async (wanted: readonly Partial<Identifiers>[]): Promise<readonly Identifiers[]> => {
    // Sent together; numbers of a refused transaction are given to nobody else.
    const [, first] = await Promise.all([refuseTaken(db, wanted), freshNames(db, naming, wanted.length)])
    const assigned: Identifiers[] = []
    for (let fresh = first; ; fresh = await freshNames(db, naming, wanted.length - assigned.length)) {
      // A number is skipped when somebody brought, or brings just now, a name that holds it.
      for (const { isTaken, ...names } of fresh) {
        const isFree =
          !isTaken && wanted.every(({ handle, pid }) => handle !== names.handle && pid !== names.pid)
        const brought = wanted[assigned.length]
        if (isFree && brought !== undefined) assigned.push({ ...names, ...brought })
      }
      if (assigned.length === wanted.length) return assigned
    }
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

/** Names of the next numbers, and whether somebody brought one of them. */
async function freshNames(
  db: Kysely<Schema>,
  { handlePrefix, pidNamespace }: NamingConfig,
  count: number,
): Promise<readonly (Identifiers & { readonly isTaken: boolean })[]> {
  const result = await sql<{ handle: string; pid: string; is_taken: boolean }>`
    select handle, pid, exists (select from record r where r.handle = fresh.handle or r.pid = fresh.pid) as is_taken
    from (
      select ${`${handlePrefix}/`} || number as handle, ${`${pidNamespace}:`} || number as pid
      from (select nextval('handle_suffix') as number from generate_series(1, ${count}::integer)) numbers
      offset 0
    ) fresh
  `.execute(db)
  return result.rows.map(({ handle, pid, is_taken: isTaken }) => ({ handle, pid, isTaken }))
}

/** The names of records that have one of these. */
async function takenAmong(
  db: Kysely<Schema>,
  names: readonly Partial<Identifiers>[],
): Promise<readonly Identifiers[]> {
  const handles = names.map(({ handle }) => handle).filter((handle) => handle !== undefined)
  const pids = names.map(({ pid }) => pid).filter((pid) => pid !== undefined)
  if (handles.length + pids.length === 0) return []
  const result = await sql<Identifiers>`
    select handle, pid from record where handle = any(${handles}::text[]) or pid = any(${pids}::text[])
  `.execute(db)
  return result.rows
}

async function refuseTaken(db: Kysely<Schema>, wanted: readonly Partial<Identifiers>[]): Promise<void> {
  const taken = await takenAmong(db, wanted)
  for (const field of ['handle', 'pid'] as const) {
    const value = wanted
      .map((names) => names[field])
      .find((name) => name !== undefined && taken.some((names) => names[field] === name))
    if (value !== undefined) {
      throw new DomainError('CONFLICT', `The ${field} ${value} is taken`, { field, value })
    }
  }
}
