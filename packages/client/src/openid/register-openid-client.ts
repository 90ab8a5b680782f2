import * as oauth from 'oauth4webapi'
import { conforming } from './conforming.ts'
import { OpenIDError } from './openid-error.ts'
import type { OpenIDProviderAddress } from './openid-provider-options.ts'
import { providerFetch } from './provider-fetch.ts'
import { providerMetadata, speaksPlainHttp } from './provider-metadata.ts'

/** Options of {@link RegisterOpenIDClient}. */
export interface RegisterOpenIDClientOptions extends OpenIDProviderAddress {
  readonly clientName: string
  readonly scopes?: readonly string[]
  /** Further metadata (RFC 7591 section 2), such as `redirect_uris`; `grant_types` replaces those of a device. */
  readonly metadata?: Readonly<Record<string, oauth.JsonValue>>
  /** Where the provider registers only who has one. */
  readonly initialAccessToken?: string
}

/** A client as the provider registered it. */
export interface RegisteredClient {
  readonly clientId: string
  /** `undefined` for a public client. */
  readonly clientSecret: string | undefined
  /** Everything that the provider told (RFC 7591 section 3.2.1). */
  readonly metadata: Readonly<Record<string, unknown>>
}

/**
 * Registers a client with a provider (RFC 7591) for as long as it is needed; as it stands, one that can log persons in
 * by code and by device.
 *
 * @example
 * await using registration = new RegisterOpenIDClient({ provider, clientName: 'workshop of today' })
 * const { clientId, clientSecret } = await registration.register()
 */
export class RegisterOpenIDClient {
  readonly #options: RegisterOpenIDClientOptions
  #registered: oauth.OmitSymbolProperties<oauth.Client> | undefined

  constructor(options: RegisterOpenIDClientOptions) {
    this.#options = options
  }

  /**
   * Registers the client. The request is made once: whether one without answer succeeded cannot be known.
   *
   * @throws {OpenIDError} `registration_unsupported`, `oauth_refused`, `provider_unavailable`, `provider_invalid`
   */
  async register(): Promise<RegisteredClient> {
    const { clientName, scopes = [], initialAccessToken, signal } = this.#options
    const as = await providerMetadata(this.#options)
    if (as.registration_endpoint === undefined) {
      throw new OpenIDError('registration_unsupported', `${as.issuer} registers no clients`)
    }
    const metadata = {
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      client_name: clientName,
      ...(scopes.length > 0 && { scope: scopes.join(' ') }),
      ...this.#options.metadata,
    }
    const request = oauth.dynamicClientRegistrationRequest(as, metadata, {
      [oauth.customFetch]: providerFetch(this.#options, 'never'),
      [oauth.allowInsecureRequests]: speaksPlainHttp(this.#options),
      ...(initialAccessToken !== undefined && { initialAccessToken }),
      ...(signal && { signal }),
    })
    const registered = await conforming(request.then(oauth.processDynamicClientRegistrationResponse))
    this.#registered = registered
    const { client_secret: secret } = registered
    return {
      clientId: registered.client_id,
      clientSecret: typeof secret === 'string' ? secret : undefined,
      metadata: registered,
    }
  }

  /**
   * Takes the registration back (RFC 7592 section 2.3), where the provider allows for that; nothing happens before there
   * is one.
   *
   * @throws {OpenIDError}
   */
  async delete(): Promise<void> {
    if (this.#registered === undefined) return
    const { registration_client_uri: uri, registration_access_token: token } = this.#registered
    if (typeof uri !== 'string' || typeof token !== 'string') return
    const headers = { authorization: `Bearer ${token}` }
    await providerFetch(this.#options)(uri, { method: 'DELETE', headers })
    this.#registered = undefined
  }

  /** {@link RegisterOpenIDClient.delete}, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.delete()
  }
}
