import { findCredentials, unverifiedFetch } from '#machine'
import { anonymousAuth, type Auth } from '../auth/auth.ts'
import { checkCredentials } from '../auth/credentials.ts'
import { tokenAuth } from '../auth/token-auth.ts'
import { ClientError, LoginError } from '../errors.ts'
import { type Clock, systemClock } from '../pipeline/clock.ts'
import { fetchTransport } from '../pipeline/fetch-transport.ts'
import { compose, type Send } from '../pipeline/layer.ts'
import { defaultRetryLimits } from '../pipeline/retry-delay.ts'
import { withAuth } from '../pipeline/with-auth.ts'
import { withPatience } from '../pipeline/with-patience.ts'
import { withRedirects } from '../pipeline/with-redirects.ts'
import { withRetry } from '../pipeline/with-retry.ts'
import { withTimeout } from '../pipeline/with-timeout.ts'
import { type Endpoint, parseEndpoint } from '../request/endpoint.ts'
import { peleLogin } from './pele-login.ts'
import type { FindCredentials, PeleOptions } from './pele-options.ts'

/** Everything that {@link PeleRequests} is made of. */
export interface PeleParts {
  readonly endpoint: Endpoint
  readonly send: Send
  readonly auth: Auth
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
}

interface LoginDeps extends Omit<Parameters<typeof peleLogin>[0], 'credentials'> {
  readonly clock: Clock
}

const patience = { attempts: 10, baseMs: 500, maxMs: 120_000 }

/**
 * Checks address and options and wires the layers; no request is made.
 *
 * @throws {EndpointError} `endpoint_invalid`
 * @throws {LoginError} `credentials_missing`
 * @throws {ClientError} `options_invalid`
 */
export function createPeleParts(address: string, options: PeleOptions): PeleParts {
  const { timeoutMs = 60_000, signal, clock = systemClock } = options
  const endpoint = parseEndpoint(address)
  const stranger = compose([withTimeout()], fetchTransport(fetchOf(options)))
  const send = compose(
    [
      withPatience({ clock, limits: { ...patience, ...options.patience } }),
      // 429 is waited out above.
      withRetry({
        clock,
        limits: { ...defaultRetryLimits, ...options.retry },
        passes: (status) => status === 429,
      }),
      withRedirects({ isOwn: endpoint.isOwn, stranger }),
    ],
    stranger,
  )
  const auth = authOf(options, { endpoint, send, signal, timeoutMs, clock })
  return { endpoint, send: compose([withAuth(auth, 'X-API-KEY')], send), auth, signal, timeoutMs }
}

function fetchOf({ fetch, verify = true }: PeleOptions): typeof globalThis.fetch {
  if (verify) return fetch ?? globalThis.fetch
  if (fetch === undefined) return unverifiedFetch()
  throw new ClientError('options_invalid', 'Another fetch verifies certificates as it does')
}

function authOf(options: PeleOptions, deps: LoginDeps): Auth {
  const { token, auth = true, credentials: way } = options
  const given = checkCredentials(options)
  if ((given !== undefined && way !== undefined) || (!auth && (given ?? way ?? token) !== undefined)) {
    throw new ClientError('options_invalid', 'There is an account, or a way to find one, or auth: false')
  }
  if (!auth) return anonymousAuth
  const { clock } = deps
  if (token !== undefined && given === undefined && way === undefined) {
    return tokenAuth({ token, clock, prefix: '' })
  }
  const find = given === undefined ? (way ?? findCredentials) : () => Promise.resolve(given)
  let kept = token
  const ask = async (): Promise<string> => {
    const begun = kept
    kept = undefined
    return begun ?? logIn(find, deps)
  }
  return tokenAuth({ token: ask, clock, prefix: '', lasting: true })
}

async function logIn(find: FindCredentials, deps: LoginDeps): Promise<string> {
  const credentials = await find(new URL(deps.endpoint.href))
  if (credentials !== undefined) return peleLogin({ ...deps, credentials })
  throw new LoginError('credentials_missing', `There is no account for ${deps.endpoint.href}`)
}
