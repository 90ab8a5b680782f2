import { sql, type Kysely } from 'kysely'
import type { DatastreamTokenStore } from '../../domain/datastreams/datastream-token-store.ts'
import type { Schema } from '../schema.ts'

/** Tokens for single datastreams in PostgreSQL. */
export function postgresDatastreamTokenStore(db: Kysely<Schema>): DatastreamTokenStore {
  return {
    async insert({ recordId, dsid, personId, uses, expiresAt }, digest, now) {
      await sql`
        with ended as (delete from datastream_token where expires_at <= ${now})
        insert into datastream_token (digest, record_id, dsid, person_id, uses_left, expires_at)
        values (${Buffer.from(digest)}, ${recordId}, ${dsid}, ${personId}, ${uses}, ${expiresAt})
      `.execute(db)
    },
    async use({ recordId, dsid }, digest, now) {
      const result = await sql<{ person_id: string | null }>`
        update datastream_token set uses_left = uses_left - 1
        where digest = ${Buffer.from(digest)} and record_id = ${recordId} and dsid = ${dsid}
          and uses_left > 0 and expires_at > ${now}
        returning person_id
      `.execute(db)
      const [row] = result.rows
      return row === undefined ? undefined : { personId: row.person_id }
    },
  }
}
