import { anonymousAuth, type Auth } from '../auth/auth.ts'
import { basicAuth } from '../auth/basic-auth.ts'
import { checkCredentials } from '../auth/credentials.ts'
import { ClientError, LoginError } from '../errors.ts'
import { systemClock } from '../pipeline/clock.ts'
import { fetchTransport } from '../pipeline/fetch-transport.ts'
import { compose, type Send } from '../pipeline/layer.ts'
import { defaultRetryLimits } from '../pipeline/retry-delay.ts'
import { withAuth } from '../pipeline/with-auth.ts'
import { withRedirects } from '../pipeline/with-redirects.ts'
import { withRetry } from '../pipeline/with-retry.ts'
import { withTimeout } from '../pipeline/with-timeout.ts'
import { type Endpoint, parseEndpoint } from '../request/endpoint.ts'
import { cookieAuth } from './cookie-auth.ts'
import type { IslandoraSessionOptions } from './islandora-session-options.ts'
import { userLogin } from './user-login.ts'

/** Everything that a session is made of. */
export interface IslandoraParts {
  readonly endpoint: Endpoint
  readonly send: Send
  readonly auth: Auth
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  readonly tunnel: boolean
}

/**
 * Checks address and account and wires the layers; no request is made.
 *
 * @throws {EndpointError} `endpoint_invalid`
 * @throws {LoginError} `credentials_missing`
 * @throws {ClientError} `options_invalid`
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
  const byPassword = (): Auth => {
    const credentials = checkCredentials(options)
    if (credentials === undefined) {
      throw new LoginError('credentials_missing', 'A session needs a password, a token, or to be anonymous')
    }
    const logIn = () => userLogin({ endpoint, credentials, send, signal, timeoutMs })
    return cookieAuth({ site: `${endpoint.href}/`, logIn, clock })
  }
  const { auth, header } = chooseAuth(options, byPassword)
  return {
    endpoint,
    send: compose([withAuth(auth, header)], send),
    auth,
    signal,
    timeoutMs,
    tunnel: options.tunnel ?? false,
  }
}

function chooseAuth(
  { user, password, token, tokenHeader = 'Authorization', anonymous = false }: IslandoraSessionOptions,
  byPassword: () => Auth,
): { readonly auth: Auth; readonly header: string } {
  if ([password !== undefined, token !== undefined, anonymous].filter(Boolean).length > 1) {
    throw new ClientError('options_invalid', 'A session has a password, a token, or is anonymous')
  }
  if (anonymous) return { auth: anonymousAuth, header: tokenHeader }
  if (token === undefined) return { auth: byPassword(), header: 'Cookie' }
  checkCredentials({ user, password: token })
  const auth = tokenHeader === 'Authorization' ? basicAuth(user, token) : plainAuth(`${user}:${token}`)
  return { auth, header: tokenHeader }
}

/** The credentials as they are, which leaves them the characters of a header (RFC 9110 section 5.5). */
function plainAuth(credentials: string): Auth {
  if (!/^[\x20-\x7e]+$/.test(credentials)) {
    throw new ClientError('options_invalid', 'Name and token must be ASCII for X-Authorization-User')
  }
  return { authorization: () => Promise.resolve(credentials), refused: () => undefined }
}
