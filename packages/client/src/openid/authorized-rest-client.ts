import type { Auth } from '../auth/auth.ts'
import { ClientError } from '../errors.ts'
import { anySignal } from '../pipeline/any-signal.ts'
import { type Clock, systemClock } from '../pipeline/clock.ts'
import { withAuth } from '../pipeline/with-auth.ts'
import type { RestClientOptions } from '../rest/rest-client-options.ts'
import { RestClient } from '../rest/rest-client.ts'
import { accessTokenAuth } from './access-token-auth.ts'
import type { IssuedTokens } from './issued-tokens.ts'
import type { OpenIDProviderOptions } from './openid-provider-options.ts'
import { type OpenIDProvider, openIDProvider } from './openid-provider.ts'

/** How a REST client behaves that gets its tokens from an OpenID provider; `fetch` and `signal` are for both servers. */
export interface AuthorizedRestClientOptions
  extends Omit<RestClientOptions, 'token' | 'username' | 'password'>, OpenIDProviderOptions {}

/** What a way to tokens may use. */
interface TokenSourceDeps {
  readonly provider: OpenIDProvider
  readonly clock: Clock
  /** Aborts when the client is closed. */
  readonly signal: AbortSignal
}

/** A {@link RestClient} that gets its tokens from an OpenID provider: what all such clients have in common. */
export abstract class AuthorizedRestClient extends RestClient {
  readonly #auth: Auth
  readonly #ended: AbortController

  protected constructor(
    address: string,
    options: AuthorizedRestClientOptions,
    tokenSource: (deps: TokenSourceDeps) => () => Promise<IssuedTokens>,
  ) {
    const ended = new AbortController()
    const signal = anySignal(options.signal, ended.signal)
    const { clock = systemClock, layers = [] } = options
    const provider = openIDProvider({ ...options, signal })
    const auth = accessTokenAuth({ obtain: tokenSource({ provider, clock, signal }), clock })
    super(address, { ...options, layers: [...layers, withAuth(auth)] })
    this.#auth = auth
    this.#ended = ended
  }

  /**
   * Gets a token at once, instead of with the first request, and so shows that everything works.
   *
   * @throws {OpenIDError} when no token is to be had
   */
  async login(): Promise<this> {
    await this.accessToken()
    return this
  }

  /** The access token, renewed where needed, for requests that go other ways. @throws {OpenIDError} */
  async accessToken(): Promise<string> {
    const signal = this.#ended.signal
    const authorization = await this.#auth.authorization({ certain: false, signal })
    return authorization?.replace(/^Bearer /, '') ?? ''
  }

  /** Ends what is running, a login in progress too, and refuses what comes later, all with `client_closed`. */
  override close(): void {
    this.#ended.abort(new ClientError('client_closed', `The client of ${this.address} is closed`))
    super.close()
  }
}
