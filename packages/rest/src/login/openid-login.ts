import type { HandlerContext } from '../handler.ts'
import { loginProvider, type LoginProvider, type LoginProviderOptions } from './login-provider.ts'
import type { LoginExchange, LoginStorage } from './login-storage.ts'
import { secretKeys, type SecretKeys } from './secret-keys.ts'

/** Options of {@link openIdLogin}. */
export interface OpenIdLoginOptions extends LoginProviderOptions {
  readonly storage: LoginStorage
  /**
   * Seal what a browser keeps between the two halves of a login. At least 32 characters each; the first one seals, all
   * of them open.
   */
  readonly secrets: readonly string[]
  /** Where a browser is led that asked for no place. Default: `/` of the service. */
  readonly defaultReturnUrl?: string | URL
  /** Origins beside the service's own that may be led to and whose pages may use it, e.g. `https://ui.example.org`. */
  readonly allowedOrigins?: readonly string[]
}

/** What the handlers and the hook of one login share. */
export interface OpenIdLogin {
  readonly provider: LoginProvider
  readonly storage: LoginStorage
  readonly callbackUrl: URL
  readonly defaultReturnUrl: URL
  readonly afterLogoutUrl: URL
  /** The service's own, and those that are allowed. */
  readonly origins: ReadonlySet<string>
  readonly attemptKeys: SecretKeys
  readonly now: () => number
}

/**
 * Sign-in at an OpenID provider, by the authorization code flow with PKCE; everything that its handlers share.
 *
 * @param issuer of the provider; nothing is asked before somebody signs in
 * @throws TypeError for addresses or secrets that cannot be used
 * @example
 * const login = openIdLogin('https://id.example.org/realms/fruits', {
 *   clientId: 'orchard',
 *   clientSecret,
 *   callbackUrl: 'https://orchard.example.org/login',
 *   secrets: [secret],
 *   storage: sessionLogins({ store: memorySessionStore() }),
 * })
 * server.before(sessionAuthentication({ login }))
 * server.addRoute('/login', OpenIDLoginHandler, { deps: login })
 * server.addRoute('/logout', OpenIDLogoutHandler, { deps: login })
 */
export function openIdLogin(issuer: string | URL, options: OpenIdLoginOptions): OpenIdLogin {
  const callbackUrl = new URL(options.callbackUrl)
  return {
    provider: loginProvider(issuer, options),
    storage: options.storage,
    callbackUrl,
    defaultReturnUrl: new URL(options.defaultReturnUrl ?? '/', callbackUrl),
    afterLogoutUrl: new URL(options.afterLogoutUrl ?? '/', callbackUrl),
    origins: new Set([callbackUrl.origin, ...(options.allowedOrigins ?? []).map(originOf)]),
    attemptKeys: secretKeys(options.secrets, 'login attempt'),
    now: options.now ?? Date.now,
  }
}

/** A request and its answer, as storages take them. */
export function exchangeOf(
  { callbackUrl }: OpenIdLogin,
  { request, response }: Omit<HandlerContext<unknown>, 'deps'>,
): LoginExchange {
  return { request, response, secure: callbackUrl.protocol === 'https:' }
}

function originOf(url: string): string {
  const { origin } = new URL(url)
  if (origin === 'null') throw new TypeError(`${url} has no origin`)
  return origin
}
