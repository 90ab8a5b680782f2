import { decodeJwt } from 'jose'
import { identify, type IdentifyOptions } from '../auth/identify.ts'
import { identityKey, tokenFailureKey } from '../auth/identity.ts'
import type { TokenClaims } from '../auth/token-claims.ts'
import { TokenError } from '../auth/token-error.ts'
import type { RestRequest } from '../request.ts'
import type { BeforeHook } from '../server/exchange.ts'
import { loginCookieName } from './login-cookie.ts'
import { sessionKey } from './login-session.ts'
import type { KeptLogin, Login } from './login-storage.ts'
import type { LoginProvider } from './login-provider.ts'
import { exchangeOf, type OpenIdLogin } from './openid-login.ts'
import { classifyFailure } from './provider-failure.ts'
import { requireSameOrigin } from './same-origin.ts'

/** Options of {@link sessionAuthentication}. */
export interface SessionAuthenticationOptions extends Partial<IdentifyOptions> {
  readonly login: OpenIdLogin
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/**
 * A hook that leaves under `identityKey` who has signed in with this browser, and under `sessionKey` the session.
 *
 * The claims are those of the ID token (and of userinfo); with a `validator` those of the access token, which must then
 * be good. Access tokens that are about to end are renewed. It refuses nobody but pages of other sites that want to
 * change something (403 `cross-site-request`): the rest is up to guards. A bearer token goes before cookies.
 *
 * @example
 * server.before(bearerAuthentication({ validator }))
 * server.before(sessionAuthentication({ login, validator, subject: KeycloakUsername }))
 */
export function sessionAuthentication(options: SessionAuthenticationOptions): BeforeHook {
  const { login: settings, validator, subject = bySub } = options
  const hook: BeforeHook = async (request, response) => {
    // Who brings a token asks by it, and no other site can make a browser send one.
    if (/^bearer /i.test(request.header('authorization') ?? '')) return
    const kept = await settings.storage.find(exchangeOf(settings, { request, response }))
    if (kept === undefined) return
    if (!safeMethods.has(request.method)) requireSameOrigin(request, settings.origins)
    const login = await current(request, kept, settings)
    if (login === undefined) return
    // The answer is for this person alone; a handler may say more.
    response.header('cache-control', 'private').append('vary', 'Cookie')
    if (kept.session !== undefined) request.state.set(sessionKey, kept.session)
    if (validator !== undefined) {
      await identify(request, login.accessToken, { validator, subject })
      return
    }
    const claims = claimsOf(login)
    const name = subject(claims)
    if (name !== undefined)
      request.state.set(identityKey, { subject: name, claims, token: login.accessToken })
  }
  return Object.assign(hook, { securitySchemes: schemesOf(settings) })
}

function schemesOf({ storage, callbackUrl }: OpenIdLogin): BeforeHook['securitySchemes'] & object {
  if (storage.cookieName === undefined) return {}
  const name = loginCookieName(storage.cookieName, callbackUrl.protocol === 'https:')
  return { session: { type: 'apiKey', in: 'cookie', name } }
}

/** The login, renewed if need be; `undefined` when it has ended or cannot be renewed now, and guards are told why. */
async function current(
  request: RestRequest,
  kept: KeptLogin,
  { provider, now }: OpenIdLogin,
): Promise<Login | undefined> {
  const { login } = kept
  if (login.refreshToken === undefined || login.renewAt > now()) return login
  try {
    const renewed = await kept.renew((old) => refreshed(request, old, provider))
    if (renewed === undefined) {
      request.state.set(tokenFailureKey, new TokenError('token-expired', 'the login was not renewed'))
    }
    return renewed
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    if (login.expiresAt > now()) return login
    request.state.set(tokenFailureKey, error)
    return undefined
  }
}

/** @throws TokenError `provider-unavailable` */
async function refreshed(
  request: RestRequest,
  login: Login,
  provider: LoginProvider,
): Promise<Login | undefined> {
  try {
    return await provider.refresh(login)
  } catch (error) {
    const failure = classifyFailure(error)
    if (failure === 'unknown') throw error
    request.log.warn({ err: error }, `a login was not renewed: provider ${failure}`)
    if (failure === 'refused') return undefined
    throw new TokenError('provider-unavailable', 'the login cannot be renewed now', { cause: error })
  }
}

function claimsOf({ idToken, userInfo }: Login): TokenClaims {
  // It was validated when it came, and has been kept safe since.
  return { ...userInfo, ...decodeJwt<TokenClaims>(idToken) }
}

function bySub(claims: TokenClaims): string | undefined {
  return claims.sub
}
