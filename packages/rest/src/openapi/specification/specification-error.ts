import type { FieldFault } from '../../http-error.ts'

/**
 * What is wrong: the document itself; there is no such path, verb or status in it; an answer is not what it says.
 */
export type SpecificationErrorCode =
  | 'specification-invalid'
  | 'path-unknown'
  | 'verb-unknown'
  | 'status-unknown'
  | 'response-invalid'

/** A service and its OpenAPI document do not agree: never the fault of a caller. */
export class SpecificationError extends Error {
  readonly code: SpecificationErrorCode
  /** By the place in the document or in the answer, as JSON pointers. */
  readonly faults: readonly FieldFault[]

  constructor(
    code: SpecificationErrorCode,
    message: string,
    options: { readonly faults?: readonly FieldFault[]; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'SpecificationError'
    this.code = code
    this.faults = options.faults ?? []
  }
}
