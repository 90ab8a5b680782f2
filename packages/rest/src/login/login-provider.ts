import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  refreshTokenGrant,
  tokenRevocation,
  type Configuration,
  type TokenEndpointResponse,
} from 'openid-client'
import { decodeJwt } from 'jose'
import { OpenIDAuth, type OpenIDAuthOptions } from '../auth/openid/openid-auth.ts'
import { TokenError } from '../auth/token-error.ts'
import type { LoginAttempt } from './login-attempt.ts'
import type { Login } from './login-storage.ts'
import { providerConfiguration } from './provider-configuration.ts'

/** How the provider is asked. */
export interface LoginProviderOptions extends Pick<
  OpenIDAuthOptions,
  'timeoutSeconds' | 'cooldownSeconds' | 'leewaySeconds' | 'fetch' | 'now' | 'issuers' | 'algorithms'
> {
  readonly clientId: string
  /** Absent for a public client. */
  readonly clientSecret?: string | undefined
  /** Where the provider leads back to, as registered with it. */
  readonly callbackUrl: string | URL
  /** Scopes to ask for, separated by spaces, `openid` among them. Default `openid profile`. */
  readonly scope?: string
  /** Further parameters of the authorization request, e.g. `prompt`, `audience`, `acr_values`. */
  readonly authorizationParameters?: Readonly<Record<string, string>>
  /** Asks for the claims of the userinfo endpoint too, once at each login. Default `false`. */
  readonly userInfo?: boolean
  /** Where the provider leads to after a logout, as registered with it. Default: `/` of the service. */
  readonly afterLogoutUrl?: string | URL
  /** Lets the issuer be reached by plain http beyond this machine. Default `false`. */
  readonly allowHttp?: boolean
}

/** The provider, as the login needs it. Every method may reject with what `classifyFailure` understands. */
export interface LoginProvider {
  authorizationUrl(attempt: LoginAttempt): Promise<URL>
  /** Takes the answer to an attempt, and the tokens for it. */
  exchange(answer: URLSearchParams, attempt: LoginAttempt): Promise<Login>
  /** New tokens for the refresh token of a login, which must have one. */
  refresh(login: Login): Promise<Login>
  /** Makes the refresh token of a login worthless (RFC 7009), if there is one and the provider can. */
  revoke(login: Login): Promise<void>
  /** `undefined` when the provider knows no logout. */
  logoutUrl(login: Login): Promise<URL | undefined>
}

const DEFAULT_TIMEOUT_SECONDS = 5
/** An access token that does not say how long it lives (RFC 6749 section 5.1 only recommends it). */
const ASSUMED_LIFETIME_SECONDS = 1800
const RENEW_BEFORE_SECONDS = 30

/**
 * Prepares the provider; nothing is asked before it is needed.
 *
 * @throws TypeError for an issuer that would be reached by plain http over a network, or scopes without `openid`
 */
export function loginProvider(issuer: string | URL, options: LoginProviderOptions): LoginProvider {
  const { clientId, now = Date.now, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = options
  const { scope = 'openid profile' } = options
  requireProtection(new URL(issuer), options.allowHttp ?? false)
  if (!scope.split(' ').includes('openid')) throw new TypeError('without the scope openid nobody signs in')
  const callbackUrl = new URL(options.callbackUrl)
  // The audience of ID tokens is the client (OpenID Connect Core section 2).
  const idTokens = new OpenIDAuth(issuer, { ...options, timeoutSeconds, audience: clientId })

  const configuration = async (): Promise<Configuration> =>
    providerConfiguration(await idTokens.provider(), { ...options, timeoutSeconds })

  const accepted = async (tokens: TokenEndpointResponse, before?: Login): Promise<Login> => {
    const idToken = tokens.id_token ?? before?.idToken
    if (idToken === undefined) throw new TokenError('token-claim-missing', 'there is no ID token')
    if (tokens.id_token !== undefined) await idTokens.validate(tokens.id_token)
    // OpenID Connect Core section 12.2: it is the same person.
    if (before !== undefined && decodeJwt(idToken).sub !== decodeJwt(before.idToken).sub) {
      throw new TokenError('token-claim-missing', 'the renewed ID token is about somebody else')
    }
    const refreshToken = tokens.refresh_token ?? before?.refreshToken
    const lifetime = tokens.expires_in || ASSUMED_LIFETIME_SECONDS
    const renewBefore = Math.min(RENEW_BEFORE_SECONDS, lifetime / 2)
    return {
      ...before,
      accessToken: tokens.access_token,
      expiresAt: now() + lifetime * 1000,
      renewAt: now() + (lifetime - renewBefore) * 1000,
      idToken,
      ...(refreshToken === undefined ? {} : { refreshToken }),
    }
  }

  return {
    async authorizationUrl({ state, nonce, codeVerifier }) {
      return buildAuthorizationUrl(await configuration(), {
        ...options.authorizationParameters,
        redirect_uri: callbackUrl.href,
        scope,
        state,
        nonce,
        // With a secret as well (RFC 9700 section 2.1.1): it keeps a stolen code from being used elsewhere.
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      })
    },
    async exchange(answer, { state, nonce, codeVerifier }) {
      const config = await configuration()
      const url = new URL(callbackUrl)
      url.search = answer.toString()
      const tokens = await authorizationCodeGrant(config, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
      })
      const login = await accepted(tokens)
      if (options.userInfo !== true) return login
      const subject = decodeJwt(login.idToken).sub ?? ''
      return { ...login, userInfo: await fetchUserInfo(config, login.accessToken, subject) }
    },
    async refresh(login) {
      const config = await configuration()
      return await accepted(await refreshTokenGrant(config, login.refreshToken ?? ''), login)
    },
    async revoke({ refreshToken }) {
      const config = await configuration()
      if (refreshToken === undefined || config.serverMetadata().revocation_endpoint === undefined) return
      await tokenRevocation(config, refreshToken, { token_type_hint: 'refresh_token' })
    },
    async logoutUrl({ idToken }) {
      const config = await configuration()
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined
      return buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: new URL(options.afterLogoutUrl ?? '/', callbackUrl).href,
      })
    },
  }
}

function requireProtection({ protocol, hostname }: URL, allowHttp: boolean): void {
  if (protocol === 'https:' || allowHttp) return
  if (/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)) return
  throw new TypeError('an issuer beyond this machine is reached by https')
}
