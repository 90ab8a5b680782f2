import type { Auth } from '../auth/auth.ts'
import { systemClock } from '../pipeline/clock.ts'
import { fetchTransport } from '../pipeline/fetch-transport.ts'
import { compose, type Send } from '../pipeline/layer.ts'
import { defaultRetryLimits } from '../pipeline/retry-delay.ts'
import { withAuth } from '../pipeline/with-auth.ts'
import { withRedirects } from '../pipeline/with-redirects.ts'
import { withRetry } from '../pipeline/with-retry.ts'
import { withTimeout } from '../pipeline/with-timeout.ts'
import { type Endpoint, parseEndpoint } from '../request/endpoint.ts'
import { chooseAuth } from './choose-auth.ts'
import type { IslandoraSessionOptions } from './islandora-session-options.ts'
import { checkIslandoraState, type IslandoraSessionState, storedState } from './session-state.ts'
import { userLogout } from './user-logout.ts'

/** Everything that a session is made of. */
export interface IslandoraParts {
  readonly endpoint: Endpoint
  readonly user: string | undefined
  readonly send: Send
  readonly auth: Auth
  readonly logout: (signal: AbortSignal | undefined) => Promise<void>
  readonly state: () => IslandoraSessionState
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  readonly tunnel: boolean
}

/**
 * Checks address and account and wires the layers; no request is made.
 *
 * @throws {EndpointError} `endpoint_invalid`
 * @throws {LoginError} `credentials_missing`
 * @throws {ClientError} `options_invalid`, `state_invalid`
 */
export function createIslandoraParts(address: string, options: IslandoraSessionOptions): IslandoraParts {
  const { timeoutMs = 60_000, signal, clock = systemClock, fetch = globalThis.fetch } = options
  const endpoint = parseEndpoint(address)
  const stranger = compose([withTimeout()], fetchTransport(fetch))
  const send = compose(
    [
      withRetry({ clock, limits: { ...defaultRetryLimits, ...options.retry } }),
      withRedirects({ isOwn: endpoint.isOwn, stranger }),
    ],
    stranger,
  )
  const restored =
    options.state === undefined
      ? undefined
      : checkIslandoraState(options.state, { site: endpoint.href, user: options.user })
  const user = options.user ?? restored?.user
  const sending = { endpoint, send, signal, timeoutMs }
  const { auth, header, cookie } = chooseAuth({ ...options, user, restored }, { ...sending, clock })
  return {
    endpoint,
    user,
    send: compose([withAuth(auth, header)], send),
    auth,
    async logout(aborted) {
      if (cookie !== undefined) await userLogout({ ...sending, cookie }, aborted)
    },
    state: () => storedState(endpoint.href, user, cookie?.held()),
    signal,
    timeoutMs,
    tunnel: options.tunnel ?? false,
  }
}
