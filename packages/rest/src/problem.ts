import { STATUS_CODES } from 'node:http'
import type { JsonSchema } from './arguments/json-schema.ts'
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
export interface ErrorRepresentation {
  (failure: Failure, request: RestRequest): ErrorAnswer
  /** What its bodies are like, for documents about the server. */
  readonly described?: ErrorDescription
}

/** The media type and schema of failures. */
export interface ErrorDescription {
  readonly mediaType: string
  /** A JSON Schema, such as one of TypeBox. */
  readonly schema: object
}

const fieldFaults: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: { name: { type: 'string' }, message: { type: 'string' } },
    required: ['name', 'message'],
  },
}

/** What problem documents and those for rest-tools have in common. */
export const faultProperties: JsonSchema = { errors: fieldFaults, reference: { type: 'string' } }

const problem: ErrorDescription = {
  mediaType: 'application/problem+json',
  schema: {
    type: 'object',
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'string' },
      ...faultProperties,
    },
    required: ['type', 'title', 'status', 'detail', 'code'],
  },
}

/** The default {@link ErrorRepresentation}: `application/problem+json` (RFC 9457 section 3). */
export const problemRepresentation = Object.assign(representProblem, { described: problem })

function representProblem(failure: Failure): ErrorAnswer {
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
