import type { Identity, OpenedSession } from '@hexapla/repository'
import { openIdLogin, type LoginStorage, type OpenIdLogin } from '@hexapla/rest'
import { decodeJwt } from 'jose'
import type { OpenIdSignIn } from '../../openid/openid-sign-in.ts'
import { SESSION_COOKIE, sessionCookie } from './session-cookie.ts'
import { providerSession, type Tokens } from './tokens.ts'

/** What signing in by the provider's page is made of. */
export interface OidcLoginDeps {
  readonly openId: OpenIdSignIn
  /** Opens a session for whom the provider names. */
  readonly signInIdentity: (identity: Identity) => Promise<OpenedSession>
  readonly tokens: Tokens
  /** Absolute address of the API's root. */
  readonly api: string
  /** Where people go who do not say where to. */
  readonly uiUrl: string
  /** Pages that may use the API. */
  readonly allowedOrigins: readonly string[]
  /** What all processes of the repository share, at least 32 characters. */
  readonly secret: string
  readonly now: () => number
}

/** The toolkit's sign-in, which ends in the cookie that DSpace's web client exchanges. */
export function oidcLogin(deps: OidcLoginDeps): OpenIdLogin {
  const { config } = deps.openId
  return openIdLogin(config.issuer, {
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    callbackUrl: `${deps.api}/authn/oidc`,
    scope: config.scopes.join(' '),
    userInfo: true,
    secrets: [deps.secret],
    storage: exchangeableCookie(deps),
    defaultReturnUrl: deps.uiUrl,
    allowedOrigins: [deps.uiUrl, ...deps.allowedOrigins],
    now: deps.now,
  })
}

/** Nothing of the provider's is kept: its tokens have said who it is, and the session is the repository's. */
function exchangeableCookie({ openId, signInIdentity, tokens, now }: OidcLoginDeps): LoginStorage {
  return {
    async begin({ response, secure }, login) {
      const claims = { ...login.userInfo, ...decodeJwt(login.idToken) }
      const session = await signInIdentity(openId.identityOf(claims))
      const token = await tokens.issueForCookie(providerSession(session, now()))
      response.cookie(SESSION_COOKIE, token, sessionCookie(secure))
    },
    find: () => Promise.resolve(undefined),
    end: () => Promise.resolve(undefined),
  }
}
