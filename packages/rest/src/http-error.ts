/** A fault of one named argument, field or part of a request. */
export interface FieldFault {
  /** The name as the caller wrote it, e.g. a query parameter or a JSON pointer. */
  readonly name: string
  readonly message: string
}

/** What an {@link HttpError} carries beyond status, code and message. */
export interface HttpErrorOptions {
  /** Response headers that belong to the failure, e.g. `WWW-Authenticate`, `Allow`, `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>
  readonly fields?: readonly FieldFault[]
  readonly cause?: unknown
}

/**
 * A failure that is the answer: its message is shown to the caller, so it must hold nothing secret.
 *
 * @example
 * throw new HttpError(404, 'item-unknown', `no item ${id}`)
 */
export class HttpError extends Error {
  /** HTTP status, 400 to 599. */
  readonly status: number
  /** Stable machine-readable name of the failure, in kebab-case. */
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
  readonly fields: readonly FieldFault[] | undefined

  constructor(status: number, code: string, message: string, options: HttpErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'HttpError'
    this.status = status
    this.code = code
    this.headers = options.headers ?? {}
    this.fields = options.fields
  }
}
