/**
 * Why a patch cannot be applied.
 *
 * - `PATCH_MALFORMED`: not a JSON Patch document at all
 * - `PATCH_PATH_MISSING`: an operation's `path` or `from` does not exist in the document
 * - `PATCH_TEST_FAILED`: a `test` operation found another value
 * - `PATCH_INVALID`: well-formed, but not possible on this kind of record
 */
export type PatchErrorCode = 'PATCH_MALFORMED' | 'PATCH_PATH_MISSING' | 'PATCH_TEST_FAILED' | 'PATCH_INVALID'

/** A patch that cannot be applied. Nothing of it was. */
export class PatchError extends Error {
  override readonly name = 'PatchError'
  readonly code: PatchErrorCode
  /** 0-based position of the operation at fault, null when the document as a whole is. */
  readonly operation: number | null

  constructor(code: PatchErrorCode, message: string, operation: number | null) {
    super(operation === null ? message : `Operation ${operation}: ${message}`)
    this.code = code
    this.operation = operation
  }
}
