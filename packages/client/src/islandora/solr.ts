import { ClientError } from '../errors.ts'
import type { Query } from '../request/query.ts'
import { solrPath } from './api-path.ts'
import type { IslandoraApi, IslandoraCallOptions } from './islandora-api.ts'

/** How to search. */
export interface SolrOptions extends IslandoraCallOptions {
  /** Queries that the results must match as well. */
  readonly fq?: string | readonly string[]
  /** Fields of the results. */
  readonly fl?: string | readonly string[]
  readonly start?: number
  readonly rows?: number
  /** Such as `fgs_label_s asc`. */
  readonly sort?: string
  /** Further parameters by Solr's names, such as `{ facet: true, 'facet.field': ['RELS_EXT_hasModel_uri_ms'] }`. */
  readonly params?: Query
}

/** The answer to a search, as Solr gives it. */
export interface SolrAnswer<T> {
  readonly response: {
    readonly numFound: number
    readonly start: number
    readonly docs: readonly T[]
  }
  readonly nextCursorMark?: string
  readonly [part: string]: unknown
}

/** A document of a search: its fields. */
export type SolrDocument = Readonly<Record<string, unknown>>

/** A search (document 004, “Search For Objects”). */
export async function searchSolr<T>(
  api: IslandoraApi,
  query: string,
  options: SolrOptions,
): Promise<SolrAnswer<T>> {
  const { fq, fl, start, rows, sort, params, signal, timeoutMs } = options
  const fields = typeof fl === 'object' ? fl.join(',') : fl
  return (await api.read(solrPath(query), {
    query: { fq, fl: fields, start, rows, sort, ...params },
    ...(signal && { signal }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })) as SolrAnswer<T>
}

/**
 * All documents that a query finds, along Solr's cursor, which neither doubles nor loses documents that are there all the
 * time. The cursor needs a sort that ends with a unique field: `PID asc` is added where there is none.
 *
 * @throws {ClientError} `page_invalid` when the server gives no cursor
 */
export async function* searchAllSolr<T>(
  api: IslandoraApi,
  query: string,
  options: Omit<SolrOptions, 'start'>,
): AsyncGenerator<T, void, undefined> {
  const { rows = 100, sort } = options
  let mark = '*'
  for (;;) {
    const params = { ...options.params, cursorMark: mark }
    const page = await searchSolr<T>(api, query, { ...options, rows, sort: withUnique(sort), params })
    yield* page.response.docs
    const next = page.nextCursorMark
    if (next === undefined) throw new ClientError('page_invalid', 'The answer has no nextCursorMark')
    // Solr Reference Guide, “Fetching A Large Number of Sorted Results: Cursors”: the end is where the mark stays.
    if (next === mark) return
    mark = next
  }
}

function withUnique(sort: string | undefined): string {
  if (sort === undefined || sort.trim() === '') return 'PID asc'
  return /(?:^|[\s,])PID\s+(?:asc|desc)\b/i.test(sort) ? sort : `${sort}, PID asc`
}
