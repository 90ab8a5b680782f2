import { anonymousAuth, type Auth } from '../auth/auth.ts'
import { checkCredentials } from '../auth/credentials.ts'
import { type DSpaceAuth, dspaceAuth } from '../auth/dspace-auth.ts'
import { tokenAuth } from '../auth/token-auth.ts'
import { LoginError } from '../errors.ts'
import { systemClock } from '../pipeline/clock.ts'
import { fetchTransport } from '../pipeline/fetch-transport.ts'
import { compose, type Send } from '../pipeline/layer.ts'
import { defaultRetryLimits } from '../pipeline/retry-delay.ts'
import { withAuth } from '../pipeline/with-auth.ts'
import { withCsrf } from '../pipeline/with-csrf.ts'
import { withRedirects } from '../pipeline/with-redirects.ts'
import { withRetry } from '../pipeline/with-retry.ts'
import { withTimeout } from '../pipeline/with-timeout.ts'
import { type Endpoint, parseEndpoint } from '../request/endpoint.ts'
import { dspaceCsrf } from './dspace-csrf.ts'
import type { DSpaceSessionOptions } from './session-options.ts'
import { checkState, type SessionState } from './session-state.ts'

/** Everything that a session is made of. */
export interface SessionParts {
  readonly endpoint: Endpoint
  readonly user: string | undefined
  readonly send: Send
  readonly auth: Auth
  /** `undefined` in an anonymous session, and in one with a token of its own. */
  readonly account: DSpaceAuth | undefined
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  readonly state: () => SessionState
}

/**
 * Checks address, credentials and stored state, and wires the layers; no request is made.
 *
 * @throws {EndpointError} `endpoint_invalid`
 * @throws {LoginError} `credentials_missing`
 * @throws {ClientError} `state_invalid`
 */
export function createSessionParts(address: string, options: DSpaceSessionOptions): SessionParts {
  const { timeoutMs = 60_000, signal, clock = systemClock, fetch = globalThis.fetch } = options
  const endpoint = parseEndpoint(address, options.aliases)
  const credentials = checkCredentials(options)
  const restored =
    options.state === undefined
      ? undefined
      : checkState(options.state, { endpoint: endpoint.href, user: credentials?.user })
  const isGiven = options.anonymous === true || options.token !== undefined
  if (!isGiven && credentials === undefined && restored?.auth === undefined) {
    throw new LoginError(
      'credentials_missing',
      'A session needs an account, a token, a stored state, or to be anonymous',
    )
  }

  const csrf = dspaceCsrf({ endpoint: endpoint.href, restored: restored?.csrf, timeoutMs })
  const stranger = compose([withTimeout()], fetchTransport(fetch))
  const send = compose(
    [
      withRetry({ clock, limits: { ...defaultRetryLimits, ...options.retry } }),
      withRedirects({ isOwn: endpoint.isOwn, stranger }),
      withCsrf(csrf),
    ],
    stranger,
  )
  const account = isGiven
    ? undefined
    : dspaceAuth({
        endpoint: endpoint.href,
        credentials,
        send,
        clock,
        restored: restored?.auth,
        signal,
        timeoutMs,
      })
  const given = options.token === undefined ? anonymousAuth : tokenAuth({ token: options.token, clock })
  const auth = account ?? given
  const user = credentials?.user ?? restored?.user

  const state = (): SessionState => {
    const held = account?.held()
    return {
      version: 1,
      endpoint: endpoint.href,
      ...(user === undefined ? {} : { user }),
      ...(held === undefined ? {} : { auth: held }),
      csrf: csrf.state(),
    }
  }
  return { endpoint, user, send: compose([withAuth(auth)], send), auth, account, signal, timeoutMs, state }
}
