import { METHODS } from 'node:http'
import type { HandlerClass, HandlerContext, RestHandler } from '../handler.ts'

/** A verb method of {@link RestHandler}. */
type Verb = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options'

const verbs: readonly Verb[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options']

/** A route, prepared once when it is added. */
export interface Route {
  readonly path: string
  /** The value of `Allow` (RFC 9110 section 10.2.1). */
  readonly allow: string
  /** HTTP method → verb method; GET's also under HEAD where the class has no `head`. */
  readonly verbs: ReadonlyMap<string, Verb>
  readonly bodyLimit: number
  create(context: Omit<HandlerContext<unknown>, 'deps'>): RestHandler<unknown>
}

/** Looks once at what a handler class can do. */
export function prepareRoute<Deps>(
  path: string,
  Handler: HandlerClass<Deps>,
  options: { readonly deps: Deps; readonly bodyLimit: number },
): Route {
  const prototype = Handler.prototype as Partial<Record<Verb, unknown>>
  const table = new Map<string, Verb>()
  for (const verb of verbs) {
    if (typeof prototype[verb] === 'function') table.set(verb.toUpperCase(), verb)
  }
  if (table.has('GET') && !table.has('HEAD')) table.set('HEAD', 'get')
  const { deps } = options
  return {
    path,
    allow: verbs
      .map((verb) => verb.toUpperCase())
      .filter((method) => method === 'OPTIONS' || table.has(method))
      .join(', '),
    verbs: table,
    bodyLimit: options.bodyLimit,
    create: (context) => new Handler({ deps, request: context.request, response: context.response }),
  }
}

/** Methods that a server ought to know; others are 501 (RFC 9110 section 9.1). */
export const routedMethods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'QUERY',
].filter((method) => METHODS.includes(method))
