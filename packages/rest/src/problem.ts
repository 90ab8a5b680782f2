import { STATUS_CODES } from 'node:http'
import type { Failure } from './failure.ts'
import type { RestRequest } from './request.ts'

/** How a failure is shown: a body of any kind a verb method may return, with its headers. */
export interface ErrorAnswer {
  /** Default: the status of the failure. */
  readonly status?: number
  /** In place of the usual reason phrase of the status. */
  readonly reason?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** The one place where failures become answers; a dialect replaces it by its own form. */
export type ErrorRepresentation = (failure: Failure, request: RestRequest) => ErrorAnswer

/** The default {@link ErrorRepresentation}: `application/problem+json` (RFC 9457 section 3). */
export function problemRepresentation(failure: Failure): ErrorAnswer {
  return {
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: 'about:blank',
      title: STATUS_CODES[failure.status] ?? 'Error',
      status: failure.status,
      detail: failure.message,
      code: failure.code,
      ...(failure.fields === undefined ? {} : { errors: failure.fields }),
      ...(failure.referenceId === undefined ? {} : { reference: failure.referenceId }),
    },
  }
}
