import { OpenIDLoginHandler, RestHandler, type OpenIdLogin } from '@hexapla/rest'

export interface OidcDeps {
  /** Known once the server listens: the provider leads back to its address. */
  readonly login: () => OpenIdLogin
}

/**
 * `authn/oidc`: leads a browser to the OpenID provider and takes it back from there. It ends at `redirectUrl` with a
 * cookie, for which `authn/login` then gives a token, as the web client expects of the original (OidcLoginFilter).
 */
export class OidcHandler extends RestHandler<OidcDeps> {
  override async get(): Promise<void> {
    const login = this.deps.login()
    const returnTo = this.#redirectUrl()
    if (returnTo !== null) this.#leadTo(`${login.callbackUrl.href}?next=${encodeURIComponent(returnTo)}`)
    // RFC 6749 section 4.1.2.1: the person did not want to.
    else if (this.request.query.get('error') === 'access_denied') this.#leadTo(login.defaultReturnUrl.href)
    else await new OpenIDLoginHandler({ request: this.request, response: this.response, deps: login }).get()
  }

  /** The web client puts its address there as it is, with whatever parameters that has; others escape it. */
  #redirectUrl(): string | null {
    const raw = /[?&]redirectUrl=(.+)$/.exec(this.request.url)?.[1]
    return raw?.includes('://') === true ? raw : this.request.query.get('redirectUrl')
  }

  #leadTo(address: string): void {
    this.response.status(302).header('Location', address).header('Cache-Control', 'no-store')
  }
}
