import { sql, type Kysely } from 'kysely'
import type { RegistrationStore } from '../../domain/people/registration-store.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'

/** Registrations in PostgreSQL. */
export function postgresRegistrationStore(db: Kysely<Schema>): RegistrationStore {
  return {
    async insert({ id, email, passwordHash, expiresAt }) {
      const row = { id, email, password_hash: passwordHash, code_digest: null, expires_at: expiresAt }
      await withConstraints(() => db.insertInto('registration').values(row).execute())
    },
    async setCode(id, digest, now) {
      const result = await sql<{ email: string }>`
        update registration set code_digest = ${Buffer.from(digest)}
        where id = ${id} and expires_at > ${now} returning email
      `.execute(db)
      return result.rows[0]?.email
    },
    async take(email, digest, now) {
      const result = await sql<{ id: string; email: string; password_hash: string; expires_at: Date }>`
        delete from registration
        where email = ${email} and code_digest = ${Buffer.from(digest)} and expires_at > ${now}
        returning id, email, password_hash, expires_at
      `.execute(db)
      const [row] = result.rows
      if (row === undefined) return undefined
      return { id: row.id, email: row.email, passwordHash: row.password_hash, expiresAt: row.expires_at }
    },
    async deleteExpired(now) {
      await db.deleteFrom('registration').where('expires_at', '<=', now).execute()
    },
  }
}
