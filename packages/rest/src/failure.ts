import { randomUUID } from 'node:crypto'
import { HttpError, type FieldFault } from './http-error.ts'

/** A failed request, ready to be represented. */
export interface Failure {
  readonly status: number
  readonly code: string
  /** Safe to show: for unknown failures a general sentence, never the message of the cause. */
  readonly message: string
  readonly fields?: readonly FieldFault[]
  /** Set for 5xx: the same id is in the log line that holds the cause. */
  readonly referenceId?: string
  readonly headers: Readonly<Record<string, string>>
  /** What was thrown; for logs, not for answers. */
  readonly cause: unknown
}

/** Turns an error of the application into an {@link HttpError}; `undefined` leaves it unknown, which is 500. */
export type ErrorMapper = (error: unknown) => HttpError | undefined

/**
 * Decides what a thrown value means to the caller. What is neither an {@link HttpError} nor known to `mapError`
 * is 500 with a reference id: never the caller's fault, and nothing of it is shown.
 */
export function toFailure(error: unknown, mapError: ErrorMapper | undefined): Failure {
  const known = error instanceof HttpError ? error : mapError?.(error)
  if (known === undefined) {
    return {
      status: 500,
      code: 'internal-error',
      message: 'The server failed to answer this request.',
      referenceId: randomUUID(),
      headers: {},
      cause: error,
    }
  }
  return {
    status: known.status,
    code: known.code,
    message: known.message,
    ...(known.fields === undefined ? {} : { fields: known.fields }),
    ...(known.status >= 500 ? { referenceId: randomUUID() } : {}),
    headers: known.headers,
    cause: error,
  }
}
