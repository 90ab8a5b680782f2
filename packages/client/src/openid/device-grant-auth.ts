import { AuthorizedRestClient, type AuthorizedRestClientOptions } from './authorized-rest-client.ts'
import { deviceGrant, type DeviceInstructions } from './device-grant.ts'
import { refreshedTokens, type UpdateFunction } from './refreshed-tokens.ts'
import { type RefreshTokenStore, refreshTokenHolder } from './refresh-token-store.ts'

/** Options of {@link DeviceGrantAuth}. */
export interface DeviceGrantOptions extends AuthorizedRestClientOptions {
  /** What to ask for, besides `offline_access`. */
  readonly scopes?: readonly string[]
  /** Shows a person where to go: `deviceBox` makes a text of it, `terminalPrompt` of `@hexapla/client/node` prints that. */
  readonly prompt: (instructions: DeviceInstructions) => void | Promise<void>
  readonly updateFunc?: UpdateFunction
  /** Where a refresh token lies from earlier; in memory without it, and then each client begins with a login. */
  readonly store?: RefreshTokenStore
}

/**
 * A REST client that logs a person in on another device, by the device authorization grant (RFC 8628), with its first
 * request or by {@link DeviceGrantAuth.login}, and stays logged in from then on. When the refresh token has ended, the
 * person is asked once more. Without a secret it proves by PKCE (RFC 7636) that it is the one who began.
 *
 * Requests reject as those of {@link RestClient}, and with an {@link OpenIDError} when no token is to be had, such as
 * `device_denied`, `device_expired`, `device_unsupported`. `signal` and `close` end a login that waits.
 *
 * @example
 * const api = await new DeviceGrantAuth('https://api.example.org', {
 *   provider: 'https://login.example.org/realms/main',
 *   clientId: 'command-line',
 *   prompt: terminalPrompt(),
 * }).login()
 */
export class DeviceGrantAuth extends AuthorizedRestClient {
  /** @throws {EndpointError} `endpoint_invalid` @throws {ClientError} `options_invalid` */
  constructor(address: string, options: DeviceGrantOptions) {
    const { store = refreshTokenHolder(undefined), updateFunc: update, prompt } = options
    const scopes = [...new Set(['offline_access', ...(options.scopes ?? [])])]
    const confidential = options.clientSecret !== undefined
    super(address, options, (deps) => {
      const login = () => deviceGrant({ ...deps, scopes, confidential, prompt })
      return refreshedTokens({ ...deps, store, login, update })
    })
  }
}
