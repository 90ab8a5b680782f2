import type { FacetValue, RecordQuery } from './record-query.ts'

/** A record as another engine keeps it. */
export interface IndexEntry {
  readonly id: string
  readonly fields: Readonly<Record<string, readonly string[]>>
  /** The values of all metadata, for words without a field. */
  readonly text: readonly string[]
  /** In the archive, discoverable and not withdrawn. */
  readonly listed: boolean
  /** The community or collection whose administrators rule over the record. */
  readonly containerId: string | null
  /** The groups and people whom policies let read it on the day that the entry is of. */
  readonly readers: readonly string[]
  /** When this was read: ISO 8601 in UTC. */
  readonly readAt: string
}

/** What an engine found: records by their uuids, and the counts of {@link RecordQuery}. */
export interface EngineResult {
  readonly total: number
  readonly hits: readonly { readonly id: string; readonly score: number }[]
  readonly nextMark?: string
  readonly facets: {
    readonly queries: readonly number[]
    readonly fields: readonly { readonly field: string; readonly values: readonly FacetValue[] }[]
  }
}

/** Another program that keeps a copy of the index and answers queries on it. */
export interface SearchEngine {
  /**
   * Takes entries and forgets records.
   *
   * @param options.counts whether both count from the next query on; else they may count later
   * @throws DomainError `SEARCH_UNAVAILABLE`
   */
  write(
    entries: readonly IndexEntry[],
    gone: readonly string[],
    options: { readonly counts: boolean },
  ): Promise<void>
  /** Forgets entries that were read before a moment, ISO 8601 in UTC; what was written before counts from then on. */
  forgetBefore(moment: string): Promise<void>
  /** Whether it knows of no record at all. */
  isEmpty(): Promise<boolean>
  /**
   * Nothing is found or counted that is not granted, as far as the entries go.
   *
   * @param now what `NOW` is
   * @throws DomainError `SEARCH_UNAVAILABLE`, `SEARCH_TOO_COSTLY`, `QUERY_INVALID`, `INVALID` with `field: 'cursorMark'`
   */
  query(query: RecordQuery, now: Date): Promise<EngineResult>
}
