import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { SearchIndex, StaleEntries } from '../../domain/search/search-index.ts'
import type { Schema } from '../schema.ts'

interface DescribingRow {
  item_id: string
  sha256: string
  md5: string
  size: number
  staging_name: string | null
}

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
    async takeStale(most) {
      const result = await sql<StaleEntries>`select * from take_stale(${most})`.execute(db)
      return result.rows[0] ?? { notes: 0, readers: [], entries: [], described: [] }
    },
    async describing(itemIds) {
      const result = await sql<DescribingRow>`
        select d.item_id, c.sha256, c.md5, c.size, c.staging_name
        from datastream d join bitstream f on f.id = d.bitstream_id join content c on c.sha256 = f.sha256
        where d.item_id = any(${itemIds}::uuid[]) and d.dsid = 'MODS'
      `.execute(db)
      return new Map(
        result.rows.map(({ item_id: itemId, staging_name: stagingName, ...content }) => [
          itemId,
          { ...content, stagingName },
        ]),
      )
    },
    async write({ readers, entries, descriptions }) {
      if (Object.keys(descriptions).length > 0) {
        await sql`select write_descriptions(${JSON.stringify(descriptions)}::jsonb)`.execute(db)
      }
      await sql`select write_stale_entries(${readers}::uuid[], ${entries}::uuid[])`.execute(db)
    },
    async writeReaders() {
      await sql`select write_stale_readers()`.execute(db)
    },
    async refresh(ids) {
      await sql`select refresh_search(${ids}::uuid[])`.execute(db)
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
