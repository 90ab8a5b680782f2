import type { Failure } from './failure.ts'
import { faultProperties, type ErrorAnswer } from './problem.ts'

/**
 * An {@link ErrorRepresentation} for clients of rest-tools: `{ code, error }`, where `code` is the status, and the
 * message also as reason phrase, which is all that the Python client shows of a failure. `errors` (the faults by name)
 * and `reference` are there where a problem document would have them.
 *
 * @example
 * const server = new RestServer({ errorRepresentation: restToolsRepresentation })
 */
export const restToolsRepresentation = Object.assign(represent, {
  described: {
    mediaType: 'application/json',
    schema: {
      type: 'object',
      properties: { code: { type: 'integer' }, error: { type: 'string' }, ...faultProperties },
      required: ['code', 'error'],
    },
  },
})

function represent(failure: Failure): ErrorAnswer {
  return {
    reason: failure.message,
    body: {
      code: failure.status,
      error: failure.message,
      ...(failure.fields === undefined ? {} : { errors: failure.fields }),
      ...(failure.referenceId === undefined ? {} : { reference: failure.referenceId }),
    },
  }
}
