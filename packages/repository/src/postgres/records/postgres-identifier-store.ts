import { sql, type Kysely } from 'kysely'
import { DomainError } from '../../domain/errors.ts'
import type { Identifiers, IdentifierStore, NamingConfig } from '../../domain/records/identifiers.ts'
import type { Schema } from '../schema.ts'

/** Identifiers from one sequence: a handle and a pid of a record share their number, and none comes twice. */
export function postgresIdentifierStore(db: Kysely<Schema>, naming: NamingConfig): IdentifierStore {
  const assignMany = async (wanted: readonly Partial<Identifiers>[]): Promise<readonly Identifiers[]> => {
    await refuseTaken(db, wanted)
    const assigned: Identifiers[] = []
    while (assigned.length < wanted.length) {
      const numbers = await nextNumbers(db, wanted.length - assigned.length)
      const fresh = numbers.map((number) => ({
        handle: `${naming.handlePrefix}/${number}`,
        pid: `${naming.pidNamespace}:${number}`,
      }))
      // A number is skipped when somebody brought, or brings just now, a name that holds it.
      const taken = [...(await takenAmong(db, fresh)), ...wanted]
      for (const names of fresh) {
        const isFree = taken.every(({ handle, pid }) => handle !== names.handle && pid !== names.pid)
        const brought = wanted[assigned.length]
        if (isFree && brought !== undefined) assigned.push({ ...names, ...brought })
      }
    }
    return assigned
  }
  return {
    assignMany,
    async nextPid(namespace) {
      for (;;) {
        const pid = `${namespace}:${await countUp(db, namespace)}`
        if ((await takenAmong(db, [{ pid }])).length === 0) return pid
      }
    },
    async assign(wanted = {}) {
      const [names] = await assignMany([wanted])
      if (names === undefined) throw new Error('A record was given no names')
      return names
    },
  }
}

async function nextNumbers(db: Kysely<Schema>, count: number): Promise<readonly number[]> {
  const result = await sql<{ next: number }>`
    select nextval('handle_suffix') as next from generate_series(1, ${count}::integer)
  `.execute(db)
  return result.rows.map(({ next }) => next)
}

async function countUp(db: Kysely<Schema>, namespace: string): Promise<number> {
  const result = await sql<{ last_number: number }>`
    insert into pid_namespace (name, last_number) values (${namespace}, 1)
    on conflict (name) do update set last_number = pid_namespace.last_number + 1
    returning last_number
  `.execute(db)
  const [row] = result.rows
  if (row === undefined) throw new Error(`The namespace ${namespace} gave no number`)
  return row.last_number
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
