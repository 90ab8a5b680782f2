import { sql, type Kysely } from 'kysely'
import type { Guarded } from '../../domain/access/guarded.ts'
import type { Site } from '../../domain/records/record.ts'
import type { SiteStore } from '../../domain/records/site-store.ts'
import type { Schema } from '../schema.ts'
import { insertRecord, updateRecord } from './record-queries.ts'
import { POLICIES, RECORD_COLUMNS, toGuarded, type GuardedRow } from './record-rows.ts'

/** The site, of which there is exactly one, in PostgreSQL. */
export function postgresSiteStore(db: Kysely<Schema>): SiteStore {
  return {
    async find() {
      const result = await sql<GuardedRow>`
        select ${RECORD_COLUMNS}, ${POLICIES} as policies from record r where r.kind = 'site' limit 1
      `.execute(db)
      const row = result.rows[0]
      return row === undefined ? undefined : (toGuarded(row) as Guarded<Site>)
    },
    insert: (site) => insertRecord(db, site),
    update: (site) => updateRecord(db, site),
  }
}
