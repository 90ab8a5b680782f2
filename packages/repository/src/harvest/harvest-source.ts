import type { HarvestSettings } from '../domain/harvest/harvest.ts'
import type { Metadata } from '../domain/metadata/metadata.ts'
import type { ImportFile } from '../import/import-item.ts'

/** A record as a source has it. */
export type SourceRecord =
  | {
      readonly kind: 'record'
      readonly oaiId: string
      /** As the source writes it. */
      readonly datestamp: string
      readonly metadata: Metadata
    }
  | { readonly kind: 'deleted'; readonly oaiId: string }
  /** One that is not understood; `oaiId` may be empty. */
  | { readonly kind: 'faulty'; readonly oaiId: string; readonly message: string }

/** Records that a source answered together. */
export interface RecordPage {
  readonly records: readonly SourceRecord[]
  /** What leads to the next page; null for the last one. */
  readonly token: string | null
  /** When the source answered, by its clock. */
  readonly answeredAt: Date
  /** How many records there are in all, where the source says so. */
  readonly total: number | null
}

/** The files of a record (OAI-ORE). */
export interface ResourceMap {
  /** The map itself, as a file of the bundle `ORE`. */
  readonly map: ImportFile
  readonly files: readonly ImportFile[]
}

/** A source that was found to be there. */
export interface OpenSource {
  /**
   * The records changed since a moment, or what follows a resumption token. A token that the source does not know any
   * more begins anew.
   *
   * @throws OutsideError
   */
  pages(from: { readonly moment: Date | null; readonly token: string | null }): AsyncIterable<RecordPage>
  /** @throws OutsideError */
  resources(oaiId: string): Promise<ResourceMap>
}

/** Providers of records. */
export interface HarvestSources {
  /** Whether an address may be asked at all. */
  isAllowed(source: string): boolean
  /**
   * Asks whether a source has what is wanted of it (HarvestedCollectionService.verifyOAIharvester of the original).
   *
   * @returns what is wrong, each beginning with the original's word for it; empty when nothing is
   */
  verify(settings: HarvestSettings): Promise<readonly string[]>
  /** @throws OutsideError */
  open(settings: HarvestSettings, signal?: AbortSignal): Promise<OpenSource>
}
