import { RestHandler } from '../handler.ts'
import { exchangeOf, type OpenIdLogin } from './openid-login.ts'
import { loginError } from './provider-failure.ts'
import type { Login } from './login-storage.ts'
import { requireSameOrigin } from './same-origin.ts'

/**
 * Signs people out, here first and then at the provider (OpenID Connect RP-Initiated Logout): a form's POST, or a link.
 *
 * Answers 303 to the provider, which leads to `afterLogoutUrl`; 403 `cross-site-request`; 503 `provider-unavailable`,
 * when the login has ended here but nobody could tell the provider.
 */
export class OpenIDLogoutHandler extends RestHandler<OpenIdLogin> {
  override async get(): Promise<void> {
    await this.post()
  }

  override async post(): Promise<void> {
    const { storage, origins, afterLogoutUrl } = this.deps
    requireSameOrigin(this.request, origins)
    this.response.header('cache-control', 'no-store')
    const login = await storage.end(exchangeOf(this.deps, this))
    const target = login === undefined ? undefined : await this.#endAtProvider(login)
    this.response
      .status(303)
      .header('location', (target ?? afterLogoutUrl).href)
      .end()
  }

  async #endAtProvider(login: Login): Promise<URL | undefined> {
    const { provider } = this.deps
    try {
      const url = await provider.logoutUrl(login)
      await this.#revoke(login)
      return url
    } catch (error) {
      throw loginError(error)
    }
  }

  /** A refresh token may outlive the logout (OpenID Connect Core section 11). */
  async #revoke(login: Login): Promise<void> {
    try {
      await this.deps.provider.revoke(login)
    } catch (error) {
      this.request.log.warn({ err: error }, 'the refresh token could not be revoked')
    }
  }
}
