import type { BodyInput, RequestBody } from '../body/request-body.ts'
import { jsonBody, requestBody } from '../body/request-body.ts'
import { ClientError } from '../errors.ts'
import { anySignal } from '../pipeline/any-signal.ts'
import type { ClientRequest } from '../pipeline/layer.ts'
import type { Endpoint } from '../request/endpoint.ts'
import type { HeadersInput } from '../request/headers-input.ts'
import { addQuery, type Query } from '../request/query.ts'

/** What can be told of a single request. */
export interface RequestOptions {
  readonly query?: Query
  readonly headers?: HeadersInput
  /** A document sent as `application/json`; not together with `body`. */
  readonly json?: unknown
  /** Anything else to send; streams and async iterables go out in chunks and are never sent twice. */
  readonly body?: BodyInput
  readonly signal?: AbortSignal
  /** Longest silence in milliseconds, instead of the session's; 0 for none. */
  readonly timeoutMs?: number
  /** `true` repeats POST and PATCH as well, `false` nothing. Without it, idempotent methods are repeated. */
  readonly retry?: boolean
  /** `manual` hands back a redirect instead of following it. */
  readonly redirect?: 'follow' | 'manual'
  /** Statuses that are no {@link HttpError}: 2xx and 304 without it. */
  readonly accept?: (status: number) => boolean
}

/** Makes the request that goes through the layers. `streamed` takes the place of `json` and `body`. */
export function buildRequest(
  deps: { readonly endpoint: Endpoint; readonly signal: AbortSignal | undefined; readonly timeoutMs: number },
  method: string,
  path: string,
  options: RequestOptions,
  streamed?: RequestBody,
): ClientRequest {
  const url = deps.endpoint.resolve(path)
  addQuery(url, options.query ?? {})
  return {
    method: method.toUpperCase(),
    url,
    headers: new Headers(options.headers),
    body: streamed ?? bodyOf(options),
    signal: anySignal(deps.signal, options.signal),
    timeoutMs: options.timeoutMs ?? deps.timeoutMs,
    retry: options.retry === undefined ? 'idempotent' : options.retry ? 'always' : 'never',
    redirect: options.redirect ?? 'follow',
  }
}

function bodyOf({ json, body }: RequestOptions): RequestBody | undefined {
  if (json !== undefined && body !== undefined) {
    throw new ClientError('body_invalid', 'A request has either json or body')
  }
  if (json !== undefined) return jsonBody(json)
  return body === undefined ? undefined : requestBody(body)
}
