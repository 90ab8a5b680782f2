import { DomainError, invalid } from '../domain/errors.ts'
import type { FacetValue, RecordQuery, SearchSort } from '../domain/search/record-query.ts'
import type { EngineResult, IndexEntry, SearchEngine } from '../domain/search/search-engine.ts'
import { solrClient, type SolrAnswer, type SolrClient } from './solr-client.ts'
import { solrDocument } from './solr-document.ts'
import { orderField, OWN, wholeField } from './solr-fields.ts'
import { solrGrants } from './solr-grants.ts'
import { solrQuery } from './solr-query.ts'

type Parameter = readonly [name: string, value: string]

const EMPTY = { total: 0, hits: [] }
/** Documents are sent in so many requests at once. */
const AT_ONCE = 3
/** milliseconds */
const LONGEST_QUERY = '10000'

/**
 * A Solr with the configuration in `solr/conf`.
 *
 * @param address of the core or collection, see {@link solrClient}
 */
export function solrEngine(address: string): SearchEngine {
  const client = solrClient(address)
  return {
    async write(entries, gone, { counts }) {
      const size = Math.ceil(entries.length / AT_ONCE)
      const portions = Array.from({ length: AT_ONCE }, (_, place) =>
        entries.slice(place * size, (place + 1) * size),
      )
      await Promise.all(portions.map((portion) => send(client, portion)))
      if (counts || gone.length > 0) await client.update({ delete: gone }, { commit: counts })
    },
    async forgetBefore(moment) {
      const query = `${OWN.readAt}:{* TO ${JSON.stringify(moment)}}`
      await client.update({ delete: { query } }, { commit: true })
    },
    async isEmpty() {
      const { response } = await client.select([
        ['q', '*:*'],
        ['rows', '0'],
      ])
      return response.numFound === 0
    },
    query: (query, now) => run(client, query, now),
  }
}

/** One document that Solr does not take must not keep it from the others: it has what decides on access, and no words. */
async function send(client: SolrClient, entries: readonly IndexEntry[]): Promise<void> {
  const [first] = entries
  if (first === undefined) return
  try {
    await client.update(entries.map(solrDocument))
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'QUERY_INVALID')) throw error
    if (entries.length === 1) {
      const pid = first.fields['PID'] ?? []
      await client.update([solrDocument({ ...first, text: [], fields: { PID: pid } })])
    } else {
      const half = Math.ceil(entries.length / 2)
      await send(client, entries.slice(0, half))
      await send(client, entries.slice(half))
    }
  }
}

async function run(client: SolrClient, query: RecordQuery, now: Date): Promise<EngineResult> {
  const access = solrGrants(query.grants)
  if (access === undefined) {
    const fields = query.facets.fields.map((field) => ({ field, values: [] }))
    const queries = query.facets.queries.map(() => 0)
    return {
      ...EMPTY,
      ...('mark' in query.from && { nextMark: query.from.mark }),
      facets: { queries, fields },
    }
  }
  const answer = await ask(client, [
    ['q', solrQuery(query.query, now)],
    ['df', OWN.text],
    ['q.op', 'OR'],
    ['fl', `${OWN.id},score`],
    ['sort', sortOf(query.sort)],
    ['rows', String(query.rows)],
    ...placeOf(query),
    ...query.filters.map((filter): Parameter => ['fq', solrQuery(filter, now)]),
    ...access,
    ...facetParameters(query.facets, now),
  ])
  const { response, nextCursorMark } = answer
  return {
    total: response.numFound,
    hits: response.docs.map((document) => ({
      id: String(document[OWN.id]),
      score: Number(document['score']),
    })),
    ...(nextCursorMark !== undefined && { nextMark: nextCursorMark }),
    facets: facetsOf(query.facets, answer),
  }
}

async function ask(client: SolrClient, parameters: readonly Parameter[]): Promise<SolrAnswer> {
  const answer = await client.select(parameters).catch((error: unknown) => {
    if (error instanceof DomainError && /cursorMark/i.test(error.message)) {
      throw invalid('The cursor mark is none that this search, in this order, has given', 'cursorMark')
    }
    throw error
  })
  if (answer.responseHeader.partialResults !== true) return answer
  throw new DomainError('SEARCH_TOO_COSTLY', 'The search takes too long; ask for less')
}

/** Solr limits no time of what goes along a cursor. */
function placeOf({ from }: RecordQuery): readonly Parameter[] {
  if ('mark' in from) return [['cursorMark', from.mark]]
  return [
    ['start', String(from.start)],
    ['timeAllowed', LONGEST_QUERY],
  ]
}

/** By pid in the end, and by what is unique for Solr, which its cursors need. */
function sortOf(sorts: readonly SearchSort[]): string {
  const pid = sorts.findIndex(({ by }) => by === 'PID')
  const wanted: readonly SearchSort[] =
    pid < 0 ? [...sorts, { by: 'PID', direction: 'asc' }] : sorts.slice(0, pid + 1)
  const keys = wanted.map(({ by, direction }) => `${by === 'score' ? by : orderField(by)} ${direction}`)
  return [...keys, `${OWN.id} asc`].join(',')
}

function facetParameters(facets: RecordQuery['facets'], now: Date): readonly Parameter[] {
  const { queries, fields, limit, minimumCount, sort, prefix, offset } = facets
  if (queries.length + fields.length === 0) return []
  return [
    ['facet', 'true'],
    ['facet.limit', String(limit < 0 ? -1 : limit)],
    // Without any, values would be told of records that may not be read.
    ['facet.mincount', String(Math.max(1, minimumCount))],
    ['facet.sort', sort],
    ...(prefix === '' ? [] : [['facet.prefix', prefix] as const]),
    ['facet.offset', String(offset)],
    ['json.nl', 'flat'],
    ...queries.flatMap((facet, place): Parameter[] => [
      ['facet.query', `{!lucene key=${place} v=$facetQuery${place}}`],
      [`facetQuery${place}`, solrQuery(facet, now)],
    ]),
    ...fields.map((field, place): Parameter => ['facet.field', `{!key=${place}}${wholeField(field)}`]),
  ]
}

function facetsOf({ queries, fields }: RecordQuery['facets'], answer: SolrAnswer): EngineResult['facets'] {
  const counts = answer.facet_counts
  return {
    queries: queries.map((_, place) => counts?.facet_queries[place] ?? 0),
    fields: fields.map((field, place) => ({ field, values: pairs(counts?.facet_fields[place] ?? []) })),
  }
}

/** Values and counts take turns. */
function pairs(flat: readonly (string | number)[]): readonly FacetValue[] {
  return flat.flatMap((value, place) =>
    place % 2 === 0 ? [{ value: String(value), count: Number(flat[place + 1]) }] : [],
  )
}
