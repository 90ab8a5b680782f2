import { anonymousAuth, type Auth } from '../auth/auth.ts'
import { basicAuth } from '../auth/basic-auth.ts'
import { tokenAuth } from '../auth/token-auth.ts'
import { ClientError } from '../errors.ts'
import { anySignal } from '../pipeline/any-signal.ts'
import { type Clock, systemClock } from '../pipeline/clock.ts'
import { fetchTransport } from '../pipeline/fetch-transport.ts'
import { compose, type Layer, type Send } from '../pipeline/layer.ts'
import { withAuth } from '../pipeline/with-auth.ts'
import { withRedirects } from '../pipeline/with-redirects.ts'
import { withRetry } from '../pipeline/with-retry.ts'
import { withTimeout } from '../pipeline/with-timeout.ts'
import { withWholeBody } from '../pipeline/with-whole-body.ts'
import { parseEndpoint } from '../request/endpoint.ts'
import type { RestDefaults } from './build-rest-request.ts'
import { numberOfRetries } from './calc-retry.ts'
import type { RestClientOptions } from './rest-client-options.ts'

/** Everything that a REST client is made of. */
export interface RestClientParts extends RestDefaults {
  readonly retries: number
  /** Answers come with their whole body. */
  readonly send: Send
  /** Answers come with their body unread; one that breaks off is not asked for again. */
  readonly open: Send
}

/**
 * Checks address and options and wires the layers; no request is made.
 *
 * @param closed aborts when the client is closed
 * @throws {EndpointError} `endpoint_invalid`
 * @throws {LoginError} `credentials_missing`
 * @throws {ClientError} `options_invalid`
 */
export function createRestClientParts(
  address: string,
  options: RestClientOptions,
  closed: AbortSignal,
): RestClientParts {
  const { clock = systemClock, layers = [] } = options
  const timeoutMs = notNegative('timeoutMs', options.timeoutMs ?? 60_000)
  const baseMs = notNegative('backoffFactorMs', options.backoffFactorMs ?? 300)
  const maxMs = notNegative('waitMaxMs', options.waitMaxMs ?? 120_000)
  const retries = numberOfRetries(options.retries ?? 10, {
    timeoutMs,
    backoffFactorMs: baseMs,
    waitMaxMs: maxMs,
  })

  const endpoint = parseEndpoint(address)
  const stranger = compose([withTimeout()], fetchTransport(options.fetch ?? globalThis.fetch))
  const auth = authOf(options, clock)
  const retry = withRetry({
    clock,
    limits: { attempts: retries + 1, baseMs, maxMs },
    // urllib3, `Retry`: the first retry comes at once, the others after the whole wait.
    share: (attempt) => (attempt === 1 ? 0 : 1),
  })
  const redirects = withRedirects({ isOwn: endpoint.isOwn, stranger })
  const around = (...inner: readonly Layer[]) =>
    compose([...layers, withAuth(auth), retry, ...inner, redirects], stranger)

  return {
    endpoint,
    signal: anySignal(options.signal, closed),
    timeoutMs,
    retryUnsafe: options.retryUnsafe ?? false,
    retries,
    send: around(withWholeBody()),
    open: around(),
  }
}

function authOf({ token, username, password }: RestClientOptions, clock: Clock): Auth {
  const basic = username !== undefined || password !== undefined
  if (token !== undefined && basic) {
    throw new ClientError('options_invalid', 'A client has either a token or a name and password')
  }
  if (token !== undefined) return tokenAuth({ token, clock })
  return basic ? basicAuth(username, password) : anonymousAuth
}

function notNegative(name: string, value: number): number {
  if (value >= 0) return value
  throw new ClientError('options_invalid', `${name} must not be ${value}`)
}
