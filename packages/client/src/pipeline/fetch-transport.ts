import { replaceBody } from '../body/replace-body.ts'
import { watchStream } from '../body/watch-stream.ts'
import { ClientError, NetworkError } from '../errors.ts'
import type { ClientRequest, Send } from './layer.ts'

/**
 * The innermost `Send`: one `fetch`, redirects left to the caller.
 *
 * @throws {NetworkError} `network_error`, also while the body is read; an abort rejects with the signal's reason.
 */
export function fetchTransport(fetch: typeof globalThis.fetch): Send {
  return async (request) => {
    const failed = (error: unknown) => translate(error, request)
    let response: Response
    try {
      response = await fetch(request.url, requestInit(request))
    } catch (error) {
      throw failed(error)
    }
    return response.body === null ? response : replaceBody(response, watchStream(response.body, { failed }))
  }
}

function requestInit({ method, headers, body, signal }: ClientRequest): RequestInit {
  const sent = new Headers(headers)
  if (body?.contentType !== undefined && !sent.has('content-type')) sent.set('content-type', body.contentType)
  if (body?.length !== undefined) sent.set('content-length', String(body.length))
  return {
    method,
    headers: sent,
    // Browsers hold the cookies themselves; runtimes without cookies ignore this.
    credentials: 'include',
    redirect: 'manual',
    ...(body === undefined ? {} : { body: body.open(), duplex: 'half' as const }),
    ...(signal === undefined ? {} : { signal }),
  }
}

function translate(error: unknown, request: ClientRequest): unknown {
  if (request.signal?.aborted === true) return request.signal.reason
  const own = causes(error).find((cause) => cause instanceof ClientError)
  if (own !== undefined) return own
  // `fetch` reports every failure of the network as TypeError (Fetch standard, "network error").
  if (!(error instanceof TypeError)) return error
  const detail = causes(error).at(-1)
  const reason = detail instanceof Error && detail.message !== '' ? detail.message : String(detail)
  const target = { method: request.method, url: request.url.href }
  return new NetworkError(`${target.method} ${target.url}: ${reason}`, target, error)
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let next = error; next !== undefined && !chain.includes(next);) {
    chain.push(next)
    next = next instanceof Error ? next.cause : undefined
  }
  return chain
}
