import { sql, type Kysely } from 'kysely'
import { DomainError } from '../../domain/errors.ts'
import type { IdentifierStore, NamingConfig } from '../../domain/records/identifiers.ts'
import type { Schema } from '../schema.ts'

/** Identifiers from one sequence: a handle and a pid of a record share their number, and none comes twice. */
export function postgresIdentifierStore(db: Kysely<Schema>, naming: NamingConfig): IdentifierStore {
  const taken = async (column: 'handle' | 'pid', value: string) => {
    const found = await db.selectFrom('record').select('id').where(column, '=', value).executeTakeFirst()
    return found !== undefined
  }
  return {
    async assign(wanted = {}) {
      for (const column of ['handle', 'pid'] as const) {
        const value = wanted[column]
        if (value !== undefined && (await taken(column, value))) {
          throw new DomainError('CONFLICT', `The ${column} ${value} is taken`, { field: column, value })
        }
      }
      for (;;) {
        const result = await sql<{ next: number }>`select nextval('handle_suffix') as next`.execute(db)
        const number = result.rows[0]?.next
        const handle = wanted.handle ?? `${naming.handlePrefix}/${number}`
        const pid = wanted.pid ?? `${naming.pidNamespace}:${number}`
        // A number is skipped when somebody brought a name that holds it.
        const clash =
          (wanted.handle === undefined && (await taken('handle', handle))) ||
          (wanted.pid === undefined && (await taken('pid', pid)))
        if (!clash) return { handle, pid }
      }
    },
  }
}
