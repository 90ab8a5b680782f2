import type { Identity, OpenedSession, SessionClaim, UseCases } from '@hexapla/repository'
import { ArgumentHandler, string, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { hrefOf } from '../hal/view.ts'
import { identityKey, methodKey, sessionKey } from './authentication.ts'
import type { Csrf } from './csrf.ts'
import { listSpecialGroups } from './list-special-groups.ts'
import { notSignedIn, type LoginMethods } from './login-methods.ts'
import { SESSION_COOKIE, sessionCookie } from './session-cookie.ts'
import { statusResource } from './status-resource.ts'
import { providerSession, type Tokens, type TokenSession } from './tokens.ts'

export interface AuthnDeps extends HalDeps {
  readonly csrf: Csrf
  readonly tokens: Tokens
  readonly logIn: UseCases['access']['logIn']
  readonly logOut: (session: SessionClaim) => Promise<void>
  readonly loginMethods: LoginMethods
  /** Seconds after a sign-in at a provider during which its session may be renewed. */
  readonly providerSessionSeconds: number
  readonly now: () => number
  /** Opens a session for whom the OpenID provider names; undefined without a provider. */
  readonly signInIdentity: ((identity: Identity) => Promise<OpenedSession>) | undefined
}

/** The form of a login. */
export const credentials = new ArgumentHandler('form', { unrecognized: 'ignore' })
  .add('user', { type: string(), default: '' })
  .add('password', { type: string(), default: '' })

/** `authn/login` (RestContract authentication.md, "Login"). */
export class LoginHandler extends HalHandler<AuthnDeps> {
  override async post(): Promise<void> {
    const { loginMethods, csrf } = this.deps
    const session =
      (await this.#byCredentials()) ?? this.request.state.get(sessionKey) ?? (await this.#byIdentity())
    if (session === undefined) {
      throw notSignedIn(loginMethods, 'credentials-missing', 'Send user and password, or a token to renew')
    }
    this.#requireFresh(session)
    csrf.renew(this.response)
    this.response.status(200).header('WWW-Authenticate', loginMethods())
    if (this.request.cookies[SESSION_COOKIE] !== undefined) this.#takeCookie()
    this.response.header('Authorization', `Bearer ${await this.deps.tokens.issue(session)}`)
  }

  /** A token of the provider is exchanged for one of ours: how programs sign people in who do not keep the former. */
  async #byIdentity(): Promise<TokenSession | undefined> {
    const identity = this.request.state.get(identityKey)
    if (identity === undefined || this.deps.signInIdentity === undefined) return undefined
    return providerSession(await this.deps.signInIdentity(identity), this.deps.now())
  }

  /** What a provider said of somebody grows old: after a while it must say it again. */
  #requireFresh({ signedInAt }: TokenSession): void {
    const { loginMethods, now, providerSessionSeconds } = this.deps
    if (signedInAt === undefined || now() < (signedInAt + providerSessionSeconds) * 1000) return
    throw notSignedIn(loginMethods, 'sign-in-old', 'Sign in with the provider again')
  }

  #takeCookie(): void {
    const options = sessionCookie(this.deps.api().startsWith('https:'))
    this.response.cookie(SESSION_COOKIE, '', { ...options, maxAge: 0 })
  }

  /** Without a form, the token of the request is to be renewed ("Refresh authentication"). */
  async #byCredentials(): Promise<TokenSession | undefined> {
    if (this.request.contentType?.startsWith('application/x-www-form-urlencoded') !== true) return undefined
    const { user, password } = await credentials.parse(this.request)
    return user === '' && password === ''
      ? undefined
      : this.deps.logIn({ email: user, password, address: this.request.remoteAddress })
  }
}

/** `authn/logout`: ends every session of the person; a missing or bad token is not reported. */
export class LogoutHandler extends HalHandler<AuthnDeps> {
  override async post(): Promise<void> {
    const session = this.request.state.get(sessionKey)
    if (session !== undefined) await this.deps.logOut(session)
    this.deps.csrf.renew(this.response)
  }
}

/** `authn`: what there is to sign in and out (endpoint that the contract names without describing it). */
export class AuthnHandler extends HalHandler<AuthnDeps> {
  override get(): SerializedJson | undefined {
    const href = (path: string) => ({ href: hrefOf(this.view, path) })
    return this.answerDocument({
      type: 'authn',
      _links: {
        login: href('authn/login'),
        logout: href('authn/logout'),
        status: href('authn/status'),
        shortlivedtokens: href('authn/shortlivedtokens'),
        ...(this.deps.signInIdentity && { oidc: href('authn/oidc') }),
        tokens: href('authn/tokens'),
        self: href('authn'),
      },
    })
  }
}

/** `authn/status`: whether the request is authenticated, always 200. */
export class StatusHandler extends HalHandler<AuthnDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    this.response.header('WWW-Authenticate', this.deps.loginMethods())
    const method = this.request.state.get(methodKey) ?? null
    return this.answer(resource(statusResource, { actor: this.actor, method }))
  }
}

/** `authn/status/specialGroups`. */
export class SpecialGroupsHandler extends HalHandler<AuthnDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { group } = this.deps.types
    const page = await listSpecialGroups(this.view.related, this.actor, this.pageRequest())
    return this.answerPage(resourcePage(group, page), 'specialGroups')
  }
}

/** `authn/shortlivedtokens`: a token for a download link. */
export class ShortLivedTokenHandler extends HalHandler<AuthnDeps> {
  override async post(): Promise<SerializedJson | undefined> {
    const session = this.request.state.get(sessionKey)
    if (session === undefined) {
      const { loginMethods } = this.deps
      throw notSignedIn(loginMethods, 'not-signed-in', 'Only who has signed in gets a token')
    }
    return this.answerDocument({
      token: await this.deps.tokens.issueShortLived(session),
      type: 'shortlivedtoken',
      _links: { self: { href: hrefOf(this.view, 'authn/shortlivedtokens') } },
    })
  }
}

/** `security/csrf`: a new CSRF token (RestContract csrf-tokens.md). */
export class CsrfHandler extends HalHandler<AuthnDeps> {
  override get(): void {
    this.response.status(204)
    // The hook gave a token already to a client without one.
    if (this.response.headers['dspace-xsrf-token'] === undefined) this.deps.csrf.renew(this.response)
  }
}
