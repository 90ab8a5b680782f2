import type { RestHandler } from '../../handler.ts'

/** What a guard needs of a handler. */
export type GuardedHandler = Pick<RestHandler<unknown>, 'request' | 'response'>

/**
 * Wraps a verb method so that not everybody gets through. It is a plain function as well as a standard (TC39) method
 * decorator, for projects with a build step; those that run their sources directly take `protect`.
 */
export type Guard = <This extends GuardedHandler, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
  context?: ClassMethodDecoratorContext<This, (this: This, ...args: Args) => Result>,
) => (this: This, ...args: Args) => Result

/** A guard that looks at the request first: `check` throws to refuse. */
export function guardBy(check: (request: GuardedHandler['request']) => void): Guard {
  return (method) =>
    function guarded(...args) {
      check(this.request)
      return method.apply(this, args)
    }
}
