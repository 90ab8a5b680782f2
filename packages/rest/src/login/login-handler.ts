import { RestHandler } from '../handler.ts'
import { beginAttempt, endAttempt, findAttempt } from './login-attempt.ts'
import type { LoginExchange } from './login-storage.ts'
import { exchangeOf, type OpenIdLogin } from './openid-login.ts'
import { classifyFailure, loginError } from './provider-failure.ts'
import { returnAddress } from './return-address.ts'

/**
 * Signs people in at an OpenID provider. A link to it may say where to go afterwards: `/login?next=/fruits`, or
 * `redirect=`, with a `state` to be handed on. The provider leads back to the same address.
 *
 * Answers 303 to the provider and back; 400 `return-address-refused`, `login-state-missing`, `login-refused`; 403
 * `login-state-unknown`; 503 `provider-unavailable`.
 */
export class OpenIDLoginHandler extends RestHandler<OpenIdLogin> {
  override async get(): Promise<void> {
    const exchange = exchangeOf(this.deps, this)
    const { query } = this.request
    this.response.header('cache-control', 'no-store')
    const target =
      query.has('code') || query.has('error') ? await this.#finish(exchange) : await this.#start(exchange)
    this.response.status(303).header('location', target).end()
  }

  async #start(exchange: LoginExchange): Promise<string> {
    const { provider, attemptKeys: keys, now } = this.deps
    const attempt = await beginAttempt(exchange, this.#returnTo(), { keys, now })
    try {
      return (await provider.authorizationUrl(attempt)).href
    } catch (error) {
      throw loginError(error)
    }
  }

  async #finish(exchange: LoginExchange): Promise<string> {
    const { provider, storage, attemptKeys: keys, now } = this.deps
    const attempt = await findAttempt(exchange, { keys, now })
    let login
    try {
      login = await provider.exchange(this.request.query, attempt)
    } catch (error) {
      // The same answer may be good once the provider is back.
      if (classifyFailure(error) !== 'unavailable') endAttempt(exchange, attempt)
      throw loginError(error)
    }
    endAttempt(exchange, attempt)
    await storage.begin(exchange, login)
    return attempt.returnTo
  }

  #returnTo(): string {
    const { query } = this.request
    const { callbackUrl, defaultReturnUrl, origins } = this.deps
    const wanted = query.get('next') || query.get('redirect')
    const url = wanted ? returnAddress(wanted, callbackUrl, origins) : new URL(defaultReturnUrl)
    const state = query.get('state')
    if (state !== null) url.searchParams.set('state', state)
    return url.href
  }
}
