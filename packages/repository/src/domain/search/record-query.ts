import type { Grants } from '../access/grants.ts'
import type { SearchQuery } from './query/search-query.ts'

/** A field of the index, or `score`, and a direction. */
export interface SearchSort {
  readonly by: string
  readonly direction: 'asc' | 'desc'
}

/** A query on the index, whatever dialect it came in. */
export interface RecordQuery {
  readonly grants: Grants
  /** What to find, and what the score is about. */
  readonly query: SearchQuery
  /** What must match too, without a say in the score. */
  readonly filters: readonly SearchQuery[]
  /** By pid in the end, so that the order is total. */
  readonly sort: readonly SearchSort[]
  readonly rows: number
  /** Whether a field is to be told; others may be. */
  readonly tells: (field: string) => boolean
  /** How many to leave out, or after which mark to go on; a mark of `*` is before the first. */
  readonly from: { readonly start: number } | { readonly mark: string }
  readonly facets: {
    readonly queries: readonly SearchQuery[]
    readonly fields: readonly string[]
    /** The most values of a field; negative for all. */
    readonly limit: number
    readonly minimumCount: number
    /** By how often they are there, or by themselves. */
    readonly sort: 'count' | 'index'
    /** What values must begin with. */
    readonly prefix: string
    /** How many values of a field to leave out. */
    readonly offset: number
  }
}

/** A record as searches show it: field to its values. */
export interface FoundRecord {
  readonly id: string
  readonly score: number
  readonly fields: Readonly<Record<string, readonly string[]>>
}

/** A value of a field and in how many records it is. */
export interface FacetValue {
  readonly value: string
  readonly count: number
}

export interface QueryResult {
  /** How many match, all pages together. */
  readonly total: number
  readonly records: readonly FoundRecord[]
  /** Where to go on; the mark that was given, when this is the end. Absent unless there was one. */
  readonly nextMark?: string
  readonly facets: {
    /** In how many records each facet query is. */
    readonly queries: readonly number[]
    readonly fields: readonly { readonly field: string; readonly values: readonly FacetValue[] }[]
  }
}

/** Answers queries of the query language. Nothing is found, counted or told that is not granted. */
export interface RecordQueries {
  /**
   * @param now what `NOW` is
   * @throws DomainError `QUERY_INVALID`, `INVALID` with `field: 'cursorMark'`, `SEARCH_TOO_COSTLY`; `SEARCH_UNAVAILABLE` where
   * another program is asked
   */
  run(query: RecordQuery, now: Date): Promise<QueryResult>
  /** What is told of records that are known by their uuids; of those that are not granted, nothing. */
  read(
    ids: readonly string[],
    query: Pick<RecordQuery, 'grants' | 'tells'>,
  ): Promise<ReadonlyMap<string, FoundRecord['fields']>>
}
