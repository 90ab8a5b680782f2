import { accessOf, withAccess, type Guard, type GuardedHandler } from '../auth/guards/guard.ts'
import { StateKey } from '../request-state.ts'
import { checkAnswer } from './specification/check-answer.ts'
import { checkRequest, type ValidatedRequest } from './specification/check-request.ts'
import type { Operation } from './specification/operation.ts'
import { SpecificationError } from './specification/specification-error.ts'
import type { Specification } from './specification/load-specification.ts'
import { readAnswer } from './read-answer.ts'

/** Options of {@link validateRequest}. */
export interface ValidateOptions {
  /**
   * What happens to answers that are not as the document says: `refuse` (the default) makes them 500 with the cause in
   * the log, `log` lets them go, `off` does not look at them.
   */
  readonly responses?: 'refuse' | 'log' | 'off'
}

/** Where {@link validateRequest} leaves the values of a request, typed as the schemas say. */
export const validatedRequestKey = new StateKey<ValidatedRequest>('validated request')

/**
 * A {@link Guard} that lets through requests which are as an OpenAPI document says: parameters, media type and JSON body.
 * Parameters are read by `style` and `explode` and are left, typed, under `validatedRequestKey`; the body may be read
 * again with `request.json()` or an `ArgumentHandler`.
 *
 * Otherwise 400 `request-invalid` with every fault in `fields`, 415 `unsupported-media-type`. A request that the document
 * does not know is 500: routes and document do not agree. Answers that the method returns are checked too; failures that
 * it throws are not, they have the form of the server.
 *
 * @example
 * const specification = await loadSpecification(document)
 * server.addRoute('/fruits/:name', protect(Fruit, validateRequest(specification)))
 * // in the handler
 * const { query } = this.request.state.require(validatedRequestKey)
 */
export function validateRequest(specification: Specification, options: ValidateOptions = {}): Guard {
  const { responses = 'refuse' } = options
  return (method) => {
    async function validated(this: GuardedHandler, ...args: Parameters<typeof method>): Promise<unknown> {
      const { request } = this
      const { operation, pathValues } = specification.find(request.method, request.path)
      request.state.set(validatedRequestKey, await checkRequest(operation, pathValues, request))
      const value: unknown = await method.apply(this as never, args)
      return responses === 'off' ? value : checkReturned(this, operation, value, responses)
    }
    // A server awaits what a verb method returns, so that a promise of the result is as good as the result.
    return withAccess(validated, accessOf(method)) as unknown as typeof method
  }
}

function checkReturned(
  { request, response }: GuardedHandler,
  operation: Operation,
  value: unknown,
  responses: 'refuse' | 'log',
): unknown {
  const { answer, sendable } = readAnswer(response, value)
  try {
    checkAnswer(operation, answer)
  } catch (error) {
    if (responses === 'refuse' || !(error instanceof SpecificationError)) throw error
    request.log.error({ err: error, faults: error.faults }, 'the answer is not as the document says')
  }
  if (response.ended) response.end(sendable)
  return sendable
}
