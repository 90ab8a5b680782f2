import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid } from '../../domain/errors.ts'
import { fieldMatcher } from '../../domain/search/field-matcher.ts'
import { highlight, type Highlights } from '../../domain/search/highlight.ts'
import { parseQuery, type DefaultOperator } from '../../domain/search/query/parse-query.ts'
import type { Clause, SearchQuery } from '../../domain/search/query/search-query.ts'
import { parseSort } from '../../domain/search/query/parse-sort.ts'
import type { FoundRecord, QueryResult } from '../../domain/search/record-query.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/** A search in the words of Solr. */
export interface RecordQueryInput {
  /** In the language of the standard query parser. */
  readonly q: string
  /** Further queries, all of which must match. */
  readonly fq?: readonly string[]
  /** What joins clauses without an operator (default `OR`). */
  readonly operator?: DefaultOperator
  /** The field of words without one; all metadata without it. */
  readonly defaultField?: string
  /** Finds nothing but records whose pids are of these namespaces. */
  readonly namespaces?: readonly string[]
  /** `FIELD asc|desc, …`; by score without one. */
  readonly sort?: string
  /** How many records to leave out (default 0). */
  readonly start?: number
  /** How many records to tell (default 10). */
  readonly rows?: number
  /** Goes on behind a mark in place of `start`; `*` for the first records. */
  readonly cursorMark?: string
  /** Names of the fields to tell, in which `*` stands for anything; all without it. */
  readonly fields?: readonly string[]
  readonly facets?: {
    readonly queries?: readonly string[]
    readonly fields?: readonly string[]
    /** The most values of a field (default 100); negative for all. */
    readonly limit?: number
    /** In how many records a value must be (default 1). */
    readonly minimumCount?: number
    /** By how often they are there (`count`, the default), or by themselves (`index`). */
    readonly sort?: 'count' | 'index'
    /** What values must begin with. */
    readonly prefix?: string
    /** How many values of a field to leave out (default 0). */
    readonly offset?: number
  }
  readonly highlight?: {
    /** Names of fields, in which `*` stands for anything. */
    readonly fields: readonly string[]
    /** Stand before and behind what was found (default `<em>` and `</em>`). */
    readonly before?: string
    readonly after?: string
  }
}

/** What was found. `highlights` are those of the record at the same place. */
export interface RecordQueryAnswer extends QueryResult {
  readonly highlights: readonly Highlights[]
}

const MAX_ROWS = 10_000
/** Each costs a statement. */
const MAX_FACETS = 50
const MAX_NUMBER = 2 ** 31 - 1

/**
 * Searches communities, collections and items that the actor may read, in the query language of Solr. Administrators of a
 * collection find its hidden items as well, those of the repository everything.
 *
 * @throws DomainError `QUERY_INVALID` naming the place; `INVALID` with `field` for `rows`, `start`, `sort`, `cursorMark`,
 * `facet.…`, by the names that Solr has for them
 * @example
 * const { total, records } = await queryRecords(deps)(actor, { q: 'dc.title:tide~1', fq: ['fgs_state_s:Active'], rows: 20 })
 */
export function queryRecords(deps: { reading: Pick<Reading, 'recordQueries'>; clock: Clock }) {
  return async (actor: Actor, input: RecordQueryInput): Promise<RecordQueryAnswer> => {
    const now = deps.clock()
    const { defaultField, namespaces = [] } = input
    if (defaultField !== undefined) requireText('df', defaultField)
    const parse = (text: string) => parseQuery(text, input.operator, defaultField)
    const query = parse(input.q)
    const tells = fieldMatcher(input.fields ?? ['*'])
    const { facets = {} } = input
    const result = await deps.reading.recordQueries.run(
      {
        grants: grantsOf(actor, 'READ', dayOf(now)),
        query,
        filters: [
          ...(input.fq ?? []).map(parse),
          ...(namespaces.length === 0 ? [] : [ofNamespaces(namespaces)]),
        ],
        sort:
          input.sort === undefined
            ? [{ by: 'score', direction: 'desc' }]
            : parseSort(requireText('sort', input.sort)),
        tells,
        rows: requireNumber('rows', input.rows ?? 10, MAX_ROWS),
        from: fromOf(input),
        facets: {
          queries: requireFew('facet.query', facets.queries).map(parse),
          fields: requireFew('facet.field', facets.fields).map((field) => requireText('facet.field', field)),
          limit: requireNumber('facet.limit', facets.limit ?? 100, MAX_NUMBER, -MAX_NUMBER),
          minimumCount: requireNumber('facet.mincount', facets.minimumCount ?? 1, MAX_NUMBER),
          sort: facets.sort ?? 'count',
          prefix: requireText('facet.prefix', facets.prefix ?? ''),
          offset: requireNumber('facet.offset', facets.offset ?? 0, MAX_NUMBER),
        },
      },
      now,
    )
    return {
      ...result,
      records: result.records.map((record) => withFields(record, tells)),
      highlights: result.records.map(({ fields }) =>
        input.highlight === undefined ? {} : highlight(query, fields, input.highlight),
      ),
    }
  }
}

function ofNamespaces(namespaces: readonly string[]): SearchQuery {
  return {
    kind: 'boolean',
    clauses: namespaces.map((name): Clause => {
      const pieces = [{ text: `${name}:` }, { wild: '*' }] as const
      return { occur: 'should', query: { kind: 'pattern', field: 'PID', pieces, at: 0 } }
    }),
  }
}

function fromOf({ start = 0, cursorMark }: RecordQueryInput) {
  requireNumber('start', start, MAX_NUMBER)
  if (cursorMark === undefined) return { start }
  if (start > 0) throw invalid('A search goes on from start or from cursorMark, not from both', 'start')
  return { mark: cursorMark }
}

function requireFew(field: string, texts: readonly string[] = []): readonly string[] {
  if (texts.length > MAX_FACETS) throw invalid(`A search has at most ${MAX_FACETS} ${field}`, field)
  return texts
}

function requireNumber(field: string, value: number, most: number, least = 0): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalid(`${field} must be a whole number from ${least} to ${most}`, field)
}

/** PostgreSQL's texts do not hold the character of code 0. */
function requireText(field: string, text: string): string {
  if (text.includes('\0')) throw invalid(`${field} has a character that is not allowed`, field)
  return text
}

function withFields(record: FoundRecord, tells: (field: string) => boolean): FoundRecord {
  return {
    ...record,
    fields: Object.fromEntries(Object.entries(record.fields).filter(([name]) => tells(name))),
  }
}
