/**
 * What is wrong with a source of an import.
 *
 * - `IMPORT_SOURCE_UNREADABLE`: nothing can be read from it at all
 * - `IMPORT_ITEM_FAULTY`: a description in it breaks the rules of its format
 * - `IMPORT_FILE_UNREADABLE`: a file in it is missing, damaged, encrypted or out of bounds
 * - `IMPORT_CONTENT_MISMATCH`: a file's size or digest is not the one that its description promises
 */
export type ImportErrorCode =
  | 'IMPORT_SOURCE_UNREADABLE'
  | 'IMPORT_ITEM_FAULTY'
  | 'IMPORT_FILE_UNREADABLE'
  | 'IMPORT_CONTENT_MISMATCH'

/** A fault of the material to import, never of this program. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
  readonly code: ImportErrorCode
  /** Path of the file at fault in its source. */
  readonly file: string | null
  /** 1-based */
  readonly line: number | null

  constructor(
    code: ImportErrorCode,
    message: string,
    place: { readonly file?: string; readonly line?: number } = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.file = place.file ?? null
    this.line = place.line ?? null
  }
}
