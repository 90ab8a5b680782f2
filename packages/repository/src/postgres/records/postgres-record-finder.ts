import { sql, type Kysely } from 'kysely'
import type { FoundRecord, RecordFinder } from '../../domain/records/record-finder.ts'
import type { Schema } from '../schema.ts'

/** Finds out what an identifier leads to, in one statement. */
export function postgresRecordFinder(db: Kysely<Schema>): RecordFinder {
  return {
    async byUuid(id) {
      const result = await sql<FoundRecord>`
        select id, kind from record where id = ${id}
        union all select id, 'bundle' from bundle where id = ${id}
        union all select id, 'bitstream' from bitstream where id = ${id}
        union all select id, 'person' from person where id = ${id}
        union all select id, 'group' from person_group where id = ${id}
        limit 1
      `.execute(db)
      return result.rows[0]
    },
    async byHandle(handle) {
      const result = await sql<FoundRecord>`select id, kind from record where handle = ${handle}`.execute(db)
      return result.rows[0]
    },
    async byHandles(handles) {
      if (handles.length === 0) return new Map()
      const result = await sql<FoundRecord & { handle: string }>`
        select id, kind, handle from record where handle = any(${handles}::text[])
      `.execute(db)
      return new Map(result.rows.map(({ handle, id, kind }) => [handle, { id, kind }]))
    },
  }
}
