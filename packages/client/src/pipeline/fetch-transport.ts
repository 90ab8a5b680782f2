import { abortableStream } from '../body/abortable-stream.ts'
import type { RequestBody } from '../body/request-body.ts'
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
    const init = requestInit(request)
    let response: Response
    try {
      response = await fetch(request.url, init)
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
    ...(body && bodyInit(body, signal)),
    ...(signal && { signal }),
  }
}

function bodyInit(body: RequestBody, signal: AbortSignal | undefined): RequestInit {
  const input = body.open()
  if (!(input instanceof ReadableStream)) return { body: input }
  return {
    body: signal === undefined ? input : abortableStream(input, signal),
    duplex: 'half',
    // Without a window and redirects, `fetch` need not keep the body for another try. Otherwise undici tees it, and the
    // whole upload stays in memory (nodejs/undici issue 4058).
    redirect: 'error',
    window: null,
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
