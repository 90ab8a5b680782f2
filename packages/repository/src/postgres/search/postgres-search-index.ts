import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { SearchIndex } from '../../domain/search/search-index.ts'
import type { Schema } from '../schema.ts'

/** The table `search_entry`, and `search_stale`, where triggers note with every write which entries are old. */
export function postgresSearchIndex(db: Kysely<Schema>): SearchIndex {
  return {
    async moment() {
      const result = await sql<{ moment: string }>`
        select search_moment(clock_timestamp()) ->> 0 as moment
      `.execute(db)
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
    async isBehind() {
      const result = await sql<{ isBehind: boolean }>`
        select exists (select from search_stale) as "isBehind"
      `.execute(db)
      return result.rows[0]?.isBehind === true
    },
    async catchUp(most) {
      const result = await sql<{ notes: number }>`select write_stale_entries(${most}) as notes`.execute(db)
      return result.rows[0]?.notes ?? 0
    },
    async refresh(ids) {
      await sql`select refresh_search(${ids}::uuid[])`.execute(db)
    },
    async describe(itemId, fields) {
      await sql`delete from object_description where record_id = ${itemId}::uuid`.execute(db)
      if (Object.keys(fields).length === 0) return
      // The item may be gone.
      await sql`
        insert into object_description (record_id, fields)
        select id, ${JSON.stringify(fields)}::jsonb from record where id = ${itemId}::uuid
      `.execute(db)
    },
    async unusedWords() {
      const { rows } = await sql<{ word: string }>`
        select word from search_word except select word from ts_stat('select words from search_entry')
      `.execute(db)
      return rows.map(({ word }) => word)
    },
    async forgetWords(words) {
      // Waits for the writes under way: one may have such a word again.
      await sql`lock table search_entry in share row exclusive mode`.execute(db)
      await sql`
        delete from search_word w where word = any(${words}::text[])
          and not exists (select from search_entry e where e.words @@ search_lexeme(null, w.word)::tsquery)
      `.execute(db)
    },
  }
}

/** The records that are searched for, without an entry or with an old one. */
function fromOutdated(before: string | undefined): RawBuilder<unknown> {
  const isOlder = before === undefined ? sql`false` : sql`e.indexed_at < ${before}::timestamptz`
  return sql`
    from record r left join search_entry e on e.id = r.id
    where r.kind <> 'site' and r.template_of_id is null
      and (e.id is null and not exists (select from search_stale s where s.record_id = r.id) or ${isOlder})
  `
}
