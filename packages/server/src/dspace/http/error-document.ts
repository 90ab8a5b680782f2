import { STATUS_CODES } from 'node:http'
import { ErrorDocument } from '@hexapla/contract'
import type { ErrorAnswer, Failure, RestRequest } from '@hexapla/rest'
import { LANGUAGES } from './languages.ts'

/** The original's error document, with what it lacks: a stable code, the fields at fault, a reference id. */
export const errorDocument = Object.assign(representError, {
  described: { mediaType: 'application/json', schema: ErrorDocument },
})

function representError(failure: Failure, request: RestRequest): ErrorAnswer {
  return {
    headers: { 'content-type': 'application/json', 'content-language': LANGUAGES },
    body: {
      timestamp: new Date().toISOString().replace('Z', '+00:00'),
      status: failure.status,
      error: STATUS_CODES[failure.status] ?? 'Error',
      message: failure.message,
      path: request.path,
      code: failure.code,
      ...(failure.fields === undefined ? {} : { fields: failure.fields }),
      ...(failure.referenceId === undefined ? {} : { reference: failure.referenceId }),
    },
  }
}
