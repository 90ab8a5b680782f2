import { AuthorizedRestClient, type AuthorizedRestClientOptions } from './authorized-rest-client.ts'
import { refreshedTokens, type UpdateFunction } from './refreshed-tokens.ts'
import { refreshTokenHolder } from './refresh-token-store.ts'

/** Options of {@link OpenIDRestClient}. */
export interface OpenIDRestClientOptions extends AuthorizedRestClientOptions {
  readonly refreshToken: string
  readonly updateFunc?: UpdateFunction
}

/**
 * A REST client that acts for a person, with a refresh token from an earlier login: it renews the access token five
 * seconds before its end, once however many requests wait, and takes over the new refresh token of providers that rotate
 * them; `updateFunc` is told, so that the next program can go on with it.
 *
 * Requests reject as those of {@link RestClient}, and with an {@link OpenIDError} when no token is to be had:
 * `login_required` when the refresh token ended, was revoked or spent, `provider_unavailable` when another try may help.
 *
 * @example
 * const api = new OpenIDRestClient('https://api.example.org', {
 *   provider: 'https://login.example.org/realms/main',
 *   clientId: 'desk',
 *   refreshToken,
 *   updateFunc: (_accessToken, refreshToken) => keep(refreshToken),
 * })
 * await api.request('GET', '/me')
 */
export class OpenIDRestClient extends AuthorizedRestClient {
  /** @throws {EndpointError} `endpoint_invalid` @throws {ClientError} `options_invalid` */
  constructor(address: string, options: OpenIDRestClientOptions) {
    const store = refreshTokenHolder(options.refreshToken)
    super(address, options, (deps) => refreshedTokens({ ...deps, store, update: options.updateFunc }))
  }
}
