import { sql, type Kysely, type RawBuilder } from 'kysely'
import type {
  FacetValue,
  FoundRecord,
  QueryResult,
  RecordQueries,
  RecordQuery,
} from '../../domain/search/record-query.ts'
import { addEverything } from '../../domain/search/query/add-everything.ts'
import { UNPREPARED } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { DATASTREAM_NAMES, DATASTREAMS } from './compile-datastreams.ts'
import { compileQuery } from './compile-query.ts'
import { listedEntries } from './entry-access.ts'
import { refuseCostly } from './refuse-costly.ts'
import { entryOrder, readMark, writeMark } from './sort-entries.ts'

type FoundRow = FoundRecord & { readonly place: readonly (string | null)[] }

/** Answers queries on the table `search_entry`; one statement for the page, one for the total, one for each facet. */
export function postgresRecordQueries(db: Kysely<Schema>): RecordQueries {
  return {
    async run(query, now) {
      const main = compileQuery(addEverything(query.query), now)
      const filters = query.filters.map((filter) => compileQuery(addEverything(filter), now).matches)
      const access = listedEntries(query.grants)
      const conditions = sql.join([main.matches, ...filters, access], sql` and `)
      const found = sql`from search_entry e join search_access a on a.id = e.id where ${conditions}`
      // Everything is counted without a look at the entries.
      const isAll = query.query.kind === 'everything' && filters.length === 0
      const [records, total, facetQueries, ...facetFields] = await Promise.all([
        page(db, query, { found, score: main.score }),
        count(db, isAll ? sql`from search_access a where ${access}` : found),
        countEach(
          db,
          found,
          query.facets.queries.map((facet) => compileQuery(addEverything(facet), now).matches),
        ),
        ...query.facets.fields.map((field) => facetOf(db, found, field, query.facets)),
      ])
      return {
        total,
        records: records.map(({ place: _place, ...record }) => record),
        ...nextMark(query, records),
        facets: {
          queries: facetQueries,
          fields: query.facets.fields.map((field, index) => ({ field, values: facetFields[index] ?? [] })),
        },
      }
    },
    async read(ids, { grants, tells }) {
      const found = await run(
        db,
        sql<Pick<FoundRow, 'id' | 'fields'>>`
          select e.id, ${shown(tells)} as fields from search_entry e join search_access a on a.id = e.id
          where e.id = any(${ids}::uuid[]) and ${listedEntries(grants)}
        `,
      )
      return new Map(found.map(({ id, fields }) => [id, fields]))
    },
  }
}

/** What is told of a record. Names of datastreams are looked up where they are asked for. */
function shown(tells: RecordQuery['tells']): RawBuilder<unknown> {
  if (!tells(DATASTREAMS)) return sql`e.fields`
  return sql`e.fields || jsonb_build_object(${sql.lit(DATASTREAMS)}, ${DATASTREAM_NAMES})`
}

async function run<Row>(db: Kysely<Schema>, statement: RawBuilder<Row>): Promise<readonly Row[]> {
  return (await refuseCostly(sql<Row>`${sql.raw(UNPREPARED)} ${statement}`.execute(db))).rows
}

/** What is told of records is read for those of the page alone. */
function page(
  db: Kysely<Schema>,
  { rows, from, sort, tells }: RecordQuery,
  { found, score }: { found: RawBuilder<unknown>; score: RawBuilder<number> },
): Promise<readonly FoundRow[]> {
  const order = entryOrder(sort, score)
  const place =
    'start' in from
      ? { condition: sql`true`, offset: from.start }
      : { condition: from.mark === '*' ? sql`true` : order.behind(readMark(from.mark)), offset: 0 }
  return run(
    db,
    sql<FoundRow>`
      select e.id, ${score} as score, ${shown(tells)} as fields, ${order.values} as place
      from unnest(array(
        select e.id ${found} and ${place.condition} order by ${order.orderBy} limit ${rows} offset ${place.offset}
      )) with ordinality as page (id, number)
      join search_entry e on e.id = page.id order by page.number
    `,
  )
}

async function count(db: Kysely<Schema>, found: RawBuilder<unknown>): Promise<number> {
  const [row] = await run(db, sql<{ total: number }>`select count(*) as total ${found}`)
  return row?.total ?? 0
}

async function countEach(
  db: Kysely<Schema>,
  found: RawBuilder<unknown>,
  conditions: readonly RawBuilder<boolean>[],
): Promise<readonly number[]> {
  if (conditions.length === 0) return []
  const counts = conditions.map((condition) => sql`count(*) filter (where ${condition})`)
  const [row] = await run(
    db,
    sql<{ counts: readonly number[] }>`select json_build_array(${sql.join(counts)}) as counts ${found}`,
  )
  return row?.counts ?? []
}

function facetOf(
  db: Kysely<Schema>,
  found: RawBuilder<unknown>,
  field: string,
  { limit, minimumCount, sort, prefix, offset }: RecordQuery['facets'],
): Promise<readonly FacetValue[]> {
  return run(
    db,
    sql<FacetValue>`
      select v.value, count(*) as count
      from (select ${field === DATASTREAMS ? DATASTREAM_NAMES : sql`e.fields -> ${field}::text`} as vals ${found}) e
        cross join lateral (select distinct value from jsonb_array_elements_text(e.vals) all_values (value)) v
      where ${prefix === '' ? sql`true` : sql`starts_with(v.value, ${prefix}::text)`}
      group by v.value having count(*) >= ${minimumCount}
      order by ${sort === 'count' ? sql`count(*) desc, ` : sql``}v.value collate "C"
      limit ${limit < 0 ? null : limit}::bigint offset ${offset}
    `,
  )
}

function nextMark({ from }: RecordQuery, records: readonly FoundRow[]): Pick<QueryResult, 'nextMark'> {
  if (!('mark' in from)) return {}
  const last = records.at(-1)
  return { nextMark: last === undefined ? from.mark : writeMark(last.place) }
}
