import { jsonBody } from '../body/request-body.ts'
import { ClientError } from '../errors.ts'
import { anySignal } from '../pipeline/any-signal.ts'
import type { ClientRequest } from '../pipeline/layer.ts'
import type { Endpoint } from '../request/endpoint.ts'
import { addQuery, type Query } from '../request/query.ts'
import type { RestRequestOptions } from './rest-client-options.ts'

/** What requests of a client have in common. */
export interface RestDefaults {
  readonly endpoint: Endpoint
  readonly signal: AbortSignal
  readonly timeoutMs: number
  readonly retryUnsafe: boolean
}

/**
 * Makes the request that goes through the layers: `args` are the query of GET and HEAD, the JSON body of others. POST,
 * PUT and PATCH have one always, DELETE and the like only for `args` (RFC 9110 section 9.3.5).
 *
 * @param accept media types, for requests that do not say themselves
 * @throws {ClientError} `arguments_invalid` for a query value that is neither text, number or boolean nor a list of them
 * @throws {EndpointError} `url_foreign`
 */
export function buildRestRequest(
  defaults: RestDefaults,
  target: { readonly method: string; readonly path: string; readonly accept: string },
  args: object | undefined,
  options: RestRequestOptions,
): ClientRequest {
  const method = target.method.toUpperCase()
  const url = defaults.endpoint.resolve(rooted(target.path))
  const inQuery = method === 'GET' || method === 'HEAD'
  if (inQuery) addQuery(url, queryOf(args ?? {}))

  const headers = new Headers(options.headers)
  if (!headers.has('accept')) headers.set('accept', target.accept)
  const unsafe = options.retryUnsafe ?? defaults.retryUnsafe
  const document = args ?? (['POST', 'PUT', 'PATCH'].includes(method) ? {} : undefined)
  return {
    method,
    url,
    headers,
    body: inQuery || document === undefined ? undefined : jsonBody(document),
    signal: anySignal(options.signal, defaults.signal),
    timeoutMs: options.timeoutMs ?? defaults.timeoutMs,
    retry: unsafe || headers.has('idempotency-key') ? 'always' : 'idempotent',
    redirect: 'follow',
  }
}

function rooted(path: string): string {
  return path.startsWith('/') || /^https?:\/\//i.test(path) ? path : `/${path}`
}

function queryOf(args: object): Query {
  if (Array.isArray(args)) throw new ClientError('arguments_invalid', 'A query has names')
  const given = Object.entries(args).filter(([, value]) => value !== null && value !== undefined)
  for (const [name, value] of given) {
    if (
      ![value].flat().every((single) => ['string', 'number', 'boolean', 'bigint'].includes(typeof single))
    ) {
      throw new ClientError('arguments_invalid', `"${name}" has no form in a query`)
    }
  }
  return Object.fromEntries(given)
}
