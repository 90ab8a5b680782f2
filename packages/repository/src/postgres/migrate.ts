import { readdir, readFile } from 'node:fs/promises'
import { CompiledQuery, sql, type Kysely } from 'kysely'
import type { Schema } from './schema.ts'

const FOLDER = new URL('../../migrations/', import.meta.url)
/** Any constant: every process that migrates waits for the same advisory lock. */
const LOCK = 4_824_279_001

/**
 * Brings the database to the newest schema: the numbered files of `migrations/` that it has not seen, in order, in
 * one transaction, under a lock that makes several starting processes take turns.
 *
 * @returns the names of the migrations that were applied
 */
export async function migrate(database: Kysely<Schema>): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  return database.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx)
    await sql`create table if not exists migration (name text primary key, applied_at timestamptz not null default now())`.execute(
      tx,
    )
    const seen = await sql<{ name: string }>`select name from migration`.execute(tx)
    const applied = new Set(seen.rows.map((row) => row.name))
    const pending = files.filter((name) => !applied.has(name))
    for (const name of pending) {
      await tx.executeQuery(CompiledQuery.raw(await readFile(new URL(name, FOLDER), 'utf8')))
      await sql`insert into migration (name) values (${name})`.execute(tx)
    }
    return pending
  })
}
