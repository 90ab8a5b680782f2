import type { Readable } from 'node:stream'
import type { GivenDataset } from '../domain/datasets/dataset-part.ts'
import type { Metadata } from '../domain/metadata/metadata.ts'
import { ImportError } from './import-error.ts'

/** A record to be made, as a reader of some exchange format found it. */
export interface ImportItem {
  readonly kind: 'item'
  /** Names the item in its source for ever: what a map file keeps, so that an import can be resumed. */
  readonly key: string
  readonly metadata: Metadata
  /** `prefix/suffix`, when the item brings its own. */
  readonly handle: string | null
  /** Handles or uuids of collections, the owning one first. Empty when the source leaves the choice to the caller. */
  readonly collections: readonly string[]
  readonly files: readonly ImportFile[]
  /** What it is as a dataset, where its metadata do not say all of it. */
  readonly dataset?: GivenDataset
}

/** A file of an {@link ImportItem}. */
export interface ImportFile {
  readonly name: string
  readonly bundle: string
  readonly description: string | null
  /** Media type, where the source states it. */
  readonly mimetype: string | null
  /** Further metadata of the file (`iiif.label` …). */
  readonly metadata: Metadata
  /** Replace the default policies when there are any. */
  readonly permissions: readonly ImportPermission[]
  /** The one to show first of its bundle. */
  readonly primary: boolean
  /** bytes */
  readonly size: number
  /**
   * Begins to read the content; can be called again, and also after the reader has come to its end. The stream fails
   * with `IMPORT_CONTENT_MISMATCH` or `IMPORT_FILE_UNREADABLE` when the content is not what the source promised:
   * nothing of it may be kept then.
   *
   * @throws ImportError `IMPORT_FILE_UNREADABLE`
   */
  readonly open: () => Promise<Readable>
}

/** Who may read or write a file. */
export interface ImportPermission {
  readonly action: 'read' | 'write'
  /** Name of a group. */
  readonly group: string
}

/** An item that cannot be imported as it is. Reading goes on after it. */
export interface ImportFault {
  readonly kind: 'fault'
  readonly key: string
  /** What is wrong, for people. */
  readonly message: string
  /** Path of the file at fault in its source. */
  readonly file: string | null
  /** 1-based */
  readonly line: number | null
}

/**
 * The fault that an error from reading stands for.
 *
 * @returns null when the error is none of the source's making; it must be thrown on
 */
export function faultOf(key: string, error: unknown): ImportFault | null {
  if (!(error instanceof ImportError)) return null
  return { kind: 'fault', key, message: error.message, file: error.file, line: error.line }
}
