import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { SearchIndex } from '../../domain/search/search-index.ts'
import type { Schema } from '../schema.ts'

/** The table `search_entry`. What keeps it in step with every write are its triggers, see the migration. */
export function postgresSearchIndex(db: Kysely<Schema>): SearchIndex {
  return {
    async moment() {
      const result = await sql<{ moment: string }>`select clock_timestamp()::text as moment`.execute(db)
      return result.rows[0]?.moment ?? ''
    },
    async countOutdated(before) {
      const result = await sql<{ total: number }>`select count(*) as total ${fromOutdated(before)}`.execute(
        db,
      )
      return result.rows[0]?.total ?? 0
    },
    async outdated(before, after, size) {
      const isNext = after === undefined ? sql`true` : sql`r.id > ${after}::uuid`
      const result = await sql<{ id: string }>`
        select r.id ${fromOutdated(before)} and ${isNext} order by r.id limit ${size}
      `.execute(db)
      return result.rows.map((row) => row.id)
    },
    async refresh(ids) {
      await sql`select refresh_search(${ids}::uuid[])`.execute(db)
    },
  }
}

/** The records that are searched for, without an entry or with an old one. */
function fromOutdated(before: string | undefined): RawBuilder<unknown> {
  const isOlder = before === undefined ? sql`false` : sql`e.indexed_at < ${before}::timestamptz`
  return sql`
    from record r left join search_entry e on e.id = r.id
    where r.kind <> 'site' and r.template_of_id is null and (e.id is null or ${isOlder})
  `
}
