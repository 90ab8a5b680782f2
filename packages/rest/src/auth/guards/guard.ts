import type { RestHandler } from '../../handler.ts'

/** Whom a guarded method lets in, for documents about it. */
export interface GuardAccess {
  /** One of them is enough; absent when any valid token will do. */
  readonly roles?: readonly string[]
}

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
export function guardBy(
  check: (request: GuardedHandler['request']) => void,
  access: GuardAccess = {},
): Guard {
  return (method) =>
    withAccess(
      function guarded(...args) {
        check(this.request)
        return method.apply(this, args)
      },
      { ...accessOf(method), ...access },
    )
}

const accessKey = Symbol('access')

/** Leaves on a wrapped method whom it lets in; nothing when everybody. */
export function withAccess<Method extends object>(method: Method, access: GuardAccess | undefined): Method {
  return access === undefined ? method : Object.assign(method, { [accessKey]: access })
}

/** Whom a method lets in, as its guards have left it; `undefined` when everybody. */
export function accessOf(method: unknown): GuardAccess | undefined {
  return typeof method === 'function' && accessKey in method ? (method[accessKey] as GuardAccess) : undefined
}
