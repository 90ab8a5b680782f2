import { HttpError } from '../../http-error.ts'
import { accessOf, withAccess, type Guard } from './guard.ts'

/**
 * A {@link Guard} against failures: what is no {@link HttpError} becomes 500 `handler-failed`, which names the handler
 * class; the cause is in the log under the reference id of the answer.
 *
 * A server answers 500 without it too. It is for handlers whose failures are to be told apart by their class, and hides
 * them from the server's `mapError`.
 */
export const catchError: Guard = (method) =>
  withAccess(function caught(...args) {
    const fail = (cause: unknown): never => {
      if (cause instanceof HttpError) throw cause
      throw new HttpError(500, 'handler-failed', `Error in ${this.constructor.name}`, { cause })
    }
    try {
      const result = method.apply(this, args)
      // Of the same type: `fail` never gives a value.
      return result instanceof Promise ? (result.catch(fail) as typeof result) : result
    } catch (error) {
      return fail(error)
    }
  }, accessOf(method))
