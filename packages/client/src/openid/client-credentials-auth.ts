import { AuthorizedRestClient, type AuthorizedRestClientOptions } from './authorized-rest-client.ts'

/** Options of {@link ClientCredentialsAuth}. */
export interface ClientCredentialsOptions extends AuthorizedRestClientOptions {
  readonly clientSecret: string
  /** What to ask for; without it, what the provider gives by default. */
  readonly scopes?: readonly string[]
}

/**
 * A REST client that acts for itself, with tokens by its own secret (RFC 6749 section 4.4).
 *
 * Requests reject as those of {@link RestClient}, and with an {@link OpenIDError} when no token is to be had:
 * `provider_unavailable` may pass; `oauth_refused` does not, `error` is `invalid_client` for a wrong secret.
 *
 * @example
 * const api = new ClientCredentialsAuth('https://api.example.org', {
 *   provider: 'https://login.example.org/realms/main',
 *   clientId: 'nightly-job',
 *   clientSecret,
 * })
 * await api.request('POST', '/runs', { name: 'tonight' })
 */
export class ClientCredentialsAuth extends AuthorizedRestClient {
  /** @throws {EndpointError} `endpoint_invalid` @throws {ClientError} `options_invalid` */
  constructor(address: string, options: ClientCredentialsOptions) {
    const { scopes = [] } = options
    super(address, options, ({ provider }) => {
      return () => provider.clientCredentials(scopes)
    })
  }
}
