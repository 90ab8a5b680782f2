import { sql, type Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Lets transactions run only on the server as it runs now. A process that joined another's repository must not write
 * after that was started anew: what it had in staging was swept then.
 *
 * @returns a check that throws an Error on a server that was started at another moment
 */
export async function sameServerGuard(
  database: Kysely<Schema>,
): Promise<(trx: Kysely<Schema>) => Promise<void>> {
  const startOf = async (db: Kysely<Schema>): Promise<string | undefined> => {
    const result = await sql<{ start: string }>`select pg_postmaster_start_time()::text as start`.execute(db)
    return result.rows[0]?.start
  }
  const joined = await startOf(database)
  return async (trx) => {
    if ((await startOf(trx)) === joined) return
    throw new Error('The server of this data directory was started anew meanwhile: run the command again')
  }
}
