import { abortable } from './abortable.ts'
import { discardBody } from './discard-body.ts'
import type { Layer, Send } from './layer.ts'
import { singleFlight } from './single-flight.ts'

/** What a CSRF scheme must know and do; see {@link withCsrf}. */
export interface CsrfScheme {
  /** The token as last told by the server. */
  readonly token: () => string | undefined
  /** Adds cookies, and to modifying requests the token, to the headers of a request for `url`. */
  readonly apply: (url: URL, headers: Headers, modifying: boolean) => void
  /** Takes over token and cookies from an answer; returns the token in that answer. */
  readonly observe: (url: URL, response: Response) => string | undefined
  /** Asks the server for a first token with `send`; leaves none when the server gives none. */
  readonly obtain: (send: Send) => Promise<void>
}

// RFC 9110 section 9.2.1
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Follows CSRF token and cookies on every answer and sends them along. Both travel in one layer, because a double submit
 * fails when a request carries the cookie of one answer and the token of another. A 403 that brings a token other than
 * the one sent means that it was stale: the request is repeated once, unless its body is a stream.
 */
export function withCsrf(scheme: CsrfScheme): Layer {
  return (next) => {
    const exchange = async (request: Parameters<Send>[0]) => {
      const headers = new Headers(request.headers)
      const modifying = !safeMethods.has(request.method)
      const sent = scheme.token()
      scheme.apply(request.url, headers, modifying)
      const response = await next({ ...request, headers })
      const told = scheme.observe(request.url, response)
      const stale = modifying && response.status === 403 && told !== undefined && told !== sent
      return { response, stale }
    }
    const sendOnce: Send = async (request) => (await exchange(request)).response
    const obtain = singleFlight(() => scheme.obtain(sendOnce))

    return async (request) => {
      if (!safeMethods.has(request.method) && scheme.token() === undefined) {
        await abortable(obtain(), request.signal)
      }
      const { response, stale } = await exchange(request)
      if (!stale || request.body?.replayable === false) return response
      await discardBody(response)
      return sendOnce(request)
    }
  }
}
