import { randomBytes } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { Schema } from './schema.ts'

const SECRET_BYTES = 32

/**
 * A secret of the repository, made at the first call and the same ever after, for every process.
 *
 * @param name what it is for
 * @returns 32 random bytes
 */
export async function repositorySecret(db: Kysely<Schema>, name: string): Promise<Uint8Array> {
  const made = JSON.stringify(randomBytes(SECRET_BYTES).toString('base64url'))
  // Of several processes that start together, the first one's secret stays.
  await sql`insert into setting (name, value) values (${name}, ${made}::jsonb) on conflict do nothing`.execute(
    db,
  )
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  if (typeof row.value !== 'string') throw new Error(`The setting ${name} is no secret`)
  return Buffer.from(row.value, 'base64url')
}
