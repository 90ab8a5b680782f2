import type { Metadata } from '../metadata/metadata.ts'

/** Something that a service of somebody else knows, as metadata for an item to be made of it. */
export interface ExternalEntry {
  /** Names it at its source; may have slashes. */
  readonly id: string
  /** The source that it is of. */
  readonly source: string
  /** What people know it by. */
  readonly display: string
  readonly metadata: Metadata
}

/** Some entries of a search, and how many there are in all. */
export interface ExternalMatches {
  readonly entries: readonly ExternalEntry[]
  readonly total: number
}

/** A service of somebody else that is searched for metadata (RestContract external-authority-sources.md). */
export interface ExternalSource {
  readonly id: string
  /** Labels of the entity types that its entries are of. */
  readonly entityTypes: readonly string[]
  /** @throws OutsideError, and the signal's reason */
  search(
    query: string,
    window: { readonly offset: number; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<ExternalMatches>
  /**
   * @returns undefined when the source has no such entry
   * @throws OutsideError, and the signal's reason
   */
  find(id: string, signal?: AbortSignal): Promise<ExternalEntry | undefined>
}
