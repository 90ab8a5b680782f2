import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** The provider's endpoints, by the names of their metadata (RFC 8414 section 2). */
export type ProviderEndpoint =
  | 'discovery'
  | 'authorization'
  | 'device_authorization'
  | 'token'
  | 'jwks'
  | 'userinfo'
  | 'registration'
  | 'end_session'

/** What an endpoint does instead of its work, or, with `delayMs` alone, before it. */
export interface EndpointFault {
  readonly delayMs?: number
  /** Closes the connection without an answer. */
  readonly drop?: boolean
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How many requests it meets; all by default. */
  readonly times?: number
}

const endpoints: ReadonlyMap<string, ProviderEndpoint> = new Map([
  ['/.well-known/openid-configuration', 'discovery'],
  ['/auth', 'authorization'],
  ['/device/auth', 'device_authorization'],
  ['/token', 'token'],
  ['/jwks', 'jwks'],
  ['/me', 'userinfo'],
  ['/reg', 'registration'],
  ['/session/end', 'end_session'],
])

/** Counts requests, and stands before the provider with faults. */
export function faultyEndpoints() {
  const counts = new Map<ProviderEndpoint, number>()
  const faults = new Map<ProviderEndpoint, { readonly fault: EndpointFault; left: number }>()

  return {
    requests: (endpoint: ProviderEndpoint): number => counts.get(endpoint) ?? 0,
    fault: (endpoint: ProviderEndpoint, fault: EndpointFault | undefined): void => {
      if (fault === undefined) faults.delete(endpoint)
      else faults.set(endpoint, { fault, left: fault.times ?? Infinity })
    },
    /** Whether the request was answered here. */
    async meets(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      const { pathname } = new URL(request.url ?? '/', 'http://provider')
      const endpoint = endpoints.get(pathname)
      if (endpoint === undefined) return false
      counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1)
      const active = faults.get(endpoint)
      if (active === undefined || active.left <= 0) return false
      active.left--
      const { delayMs, drop, status, headers, body } = active.fault
      if (delayMs !== undefined) await wait(delayMs, undefined, { ref: false })
      if (drop === true || request.destroyed) request.socket.destroy()
      else if (status === undefined && body === undefined) return false
      else response.writeHead(status ?? 200, { 'content-type': 'application/json', ...headers }).end(body)
      return true
    },
  }
}
