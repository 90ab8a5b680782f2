import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { PageRequest } from '../../domain/page.ts'
import type { RecordSearch, SearchableRecord, SearchQuery } from '../../domain/search/record-search.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { RECORD_COLUMNS, toRecord, type RecordRow } from '../records/record-rows.ts'
import type { Schema } from '../schema.ts'
import { refuseCostly } from './refuse-costly.ts'
import { entryFilter } from './entry-access.ts'

/** Search by PostgreSQL's full text on the index: two statements a page, rights within them. */
export function postgresRecordSearch(db: Kysely<Schema>): RecordSearch {
  return {
    async search(query, page) {
      const words = wordsQuery(query.words)
      const from = sql`from search_entry e join search_access a on a.id = e.id where ${sql.join(conditions(query, words), sql` and `)}`
      const order = orderOf(page, words)
      const [rows, count] = await Promise.all([
        // Only the records of the page itself are read.
        refuseCostly(
          sql<RecordRow>`
          select ${RECORD_COLUMNS} from unnest(array(select e.id ${from} ${order})) with ordinality as found (id, place)
          join record r on r.id = found.id order by found.place
        `.execute(db),
        ),
        refuseCostly(sql<{ total: number }>`select count(*) as total ${from}`.execute(db)),
      ])
      // The index has no entry for the site.
      return toPage(page, rows.rows, count.rows[0]?.total ?? 0, (row) => toRecord(row) as SearchableRecord)
    },
  }
}

const WORDS = sql`e.words`
const KEY = sql`e.id`

function orderOf(page: PageRequest, words: RawBuilder<unknown> | undefined): RawBuilder<unknown> {
  const columns: SortColumns = {
    // Where nothing was asked for, everything fits equally.
    score: words === undefined ? sql`cast(0 as real)` : sql`ts_rank(${WORDS}, ${words})`,
    'dc.title': sql`e.title_order`,
    'dc.date.accessioned': sql`e.accessioned`,
    lastModified: sql`e.modified_at`,
  }
  const natural =
    words === undefined
      ? ({ by: 'dc.title', direction: 'asc' } as const)
      : ({ by: 'score', direction: 'desc' } as const)
  return pageClause({ ...page, sort: page.sort ?? natural }, columns, KEY)
}

function conditions(query: SearchQuery, words: RawBuilder<unknown> | undefined): RawBuilder<boolean>[] {
  const parts = [
    sql<boolean>`e.kind = any(${query.kinds}::text[])`,
    sql<boolean>`a.listed`,
    entryFilter(query.grants),
  ]
  if (words !== undefined) parts.push(sql<boolean>`${WORDS} @@ ${words}`)
  if (query.scopeId !== undefined) parts.push(within(query.scopeId))
  return parts
}

/** The full-text query of some words; undefined for everything, which the original writes as an asterisk or `*:*`. */
function wordsQuery(words: string): RawBuilder<unknown> | undefined {
  const terms = words.split(/\s+/).filter((term) => !['', '*', '*:*'].includes(term))
  if (terms.length === 0) return undefined
  const whole = terms.filter((term) => !term.endsWith('*'))
  const begun = terms
    .filter((term) => term.endsWith('*'))
    .flatMap((term) => term.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])
  const parts = [
    ...(whole.length === 0 ? [] : [sql`plainto_tsquery('simple', ${whole.join(' ')})`]),
    ...(begun.length === 0
      ? []
      : [sql`to_tsquery('simple', ${begun.map((part) => `${part}:*`).join(' & ')})`]),
  ]
  return parts.length === 0 ? sql`plainto_tsquery('simple', '')` : sql`(${sql.join(parts, sql` && `)})`
}

function within(scopeId: string): RawBuilder<boolean> {
  const tree = sql`(
    with recursive tree as (
      select id from record where id = ${scopeId}::uuid
      union all
      select c.id from record c join tree on c.parent_id = tree.id where c.kind <> 'item'
    )
    select id from tree
  )`
  return sql<boolean>`(
    e.id in (select c.id from record c where c.parent_id in ${tree})
    or e.id in (select m.item_id from mapped_collection m where m.collection_id in ${tree})
    or exists (select from record s where s.id = ${scopeId}::uuid and s.kind = 'site')
  )`
}
