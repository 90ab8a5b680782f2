/**
 * What can go wrong where the repository asks a service of somebody else.
 *
 * - `OUTSIDE_NOT_ALLOWED`: the address is none that the configuration allows
 * - `OUTSIDE_UNREACHABLE`: nobody answers there, or not in time, or only that the service is down
 * - `OUTSIDE_REFUSED`: the service answers that it will not: `data.status`
 * - `OUTSIDE_INVALID`: the answer is not what such a service has to answer
 * - `OAI_ERROR`: error conditions of OAI-PMH, section 3.6: `data.conditions`
 */
export type OutsideErrorCode =
  | 'OUTSIDE_NOT_ALLOWED'
  | 'OUTSIDE_UNREACHABLE'
  | 'OUTSIDE_REFUSED'
  | 'OUTSIDE_INVALID'
  | 'OAI_ERROR'

/** A failure of a service that the repository asked, never of whoever asked the repository. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError'
  readonly code: OutsideErrorCode
  readonly data: Readonly<Record<string, unknown>>

  constructor(
    code: OutsideErrorCode,
    message: string,
    data: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.data = data
  }
}

/** The answer is not what such a service has to answer. */
export function invalidAnswer(message: string, options?: ErrorOptions): OutsideError {
  return new OutsideError('OUTSIDE_INVALID', message, {}, options)
}
