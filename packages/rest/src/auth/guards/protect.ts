import type { HandlerContext, RestHandler } from '../../handler.ts'
import type { Guard } from './guard.ts'

/** A verb method that can be guarded. */
export type GuardedVerb = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options'

/** One guard for every verb but OPTIONS, or guards by verb; verbs that are not named stay open. */
export type Guards = Guard | Partial<Readonly<Record<GuardedVerb, Guard>>>

type AnyHandlerClass<Deps, Handler extends RestHandler<Deps>> = new (context: HandlerContext<Deps>) => Handler

const verbs: readonly GuardedVerb[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options']

/**
 * A handler class whose verb methods are guarded; the given one is left as it is. A `head` of its own has the guard of
 * `get` unless it is given another.
 *
 * @throws TypeError for a verb without a method: a misspelt guard would leave a door open.
 * @example
 * server.addRoute('/fruits', protect(Fruits, { get: readers, post: writers }), { deps })
 */
export function protect<Deps, Handler extends RestHandler<Deps>>(
  HandlerClass: AnyHandlerClass<Deps, Handler>,
  guards: Guards,
): AnyHandlerClass<Deps, Handler> {
  // A class extends a concrete base only; which one it is is told by the type of the result.
  const Base = HandlerClass as unknown as AnyHandlerClass<Deps, RestHandler<Deps>>
  const Protected = class extends Base {}
  Object.defineProperty(Protected, 'name', { value: HandlerClass.name })
  for (const [verb, guard] of byVerb(Base.prototype, guards)) {
    const method: unknown = Base.prototype[verb]
    if (typeof method !== 'function')
      throw new TypeError(`${HandlerClass.name} has no method ${verb} to guard`)
    const value = guard(method as (this: RestHandler<Deps>, ...args: unknown[]) => unknown)
    Object.defineProperty(Protected.prototype, verb, { value, writable: true, configurable: true })
  }
  return Protected as unknown as AnyHandlerClass<Deps, Handler>
}

function byVerb(prototype: Readonly<Record<GuardedVerb, unknown>>, guards: Guards): Map<GuardedVerb, Guard> {
  if (typeof guards === 'function') {
    const own = verbs.filter((verb) => verb !== 'options' && typeof prototype[verb] === 'function')
    return new Map(own.map((verb) => [verb, guards]))
  }
  const entries = new Map(Object.entries(guards) as [GuardedVerb, Guard][])
  if (guards.get !== undefined && guards.head === undefined && prototype.head !== undefined) {
    entries.set('head', guards.get)
  }
  return entries
}
