import type { Actor, OpenedSession, SessionClaim } from '@hexapla/repository'
import { ArgumentHandler, HttpError, string, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { hrefOf } from '../hal/view.ts'
import { sessionKey } from './authentication.ts'
import type { Csrf } from './csrf.ts'
import { LOGIN_METHODS } from './login-methods.ts'
import type { Tokens } from './tokens.ts'

export interface AuthnDeps extends HalDeps {
  readonly csrf: Csrf
  readonly tokens: Tokens
  readonly logIn: (input: { email: string; password: string }) => Promise<OpenedSession>
  readonly logOut: (actor: Actor) => Promise<void>
}

const credentials = new ArgumentHandler('form')
  .add('user', { type: string(), default: '' })
  .add('password', { type: string(), default: '' })

/** `authn/login` (RestContract authentication.md, "Login"). */
export class LoginHandler extends HalHandler<AuthnDeps> {
  override async post(): Promise<void> {
    const session = (await this.#byCredentials()) ?? this.request.state.get(sessionKey)
    if (session === undefined) {
      throw new HttpError(401, 'credentials-missing', 'Send user and password, or a token to renew', {
        headers: { 'www-authenticate': LOGIN_METHODS },
      })
    }
    this.deps.csrf.renew(this.response)
    this.response.status(200).header('WWW-Authenticate', LOGIN_METHODS)
    this.response.header('Authorization', `Bearer ${await this.deps.tokens.issue(session)}`)
  }

  /** Without a form, the token of the request is to be renewed ("Refresh authentication"). */
  async #byCredentials(): Promise<SessionClaim | undefined> {
    if (this.request.contentType?.startsWith('application/x-www-form-urlencoded') !== true) return undefined
    const { user, password } = await credentials.parse(this.request)
    return user === '' && password === '' ? undefined : this.deps.logIn({ email: user, password })
  }
}

/** `authn/logout`: ends every session of the person; a missing or bad token is not reported. */
export class LogoutHandler extends HalHandler<AuthnDeps> {
  override async post(): Promise<void> {
    await this.deps.logOut(this.actor)
    this.deps.csrf.renew(this.response)
  }
}

/** `authn/status`: whether the request is authenticated, always 200. */
export class StatusHandler extends HalHandler<AuthnDeps> {
  override get(): SerializedJson | undefined {
    const { personId } = this.actor
    this.response.header('WWW-Authenticate', LOGIN_METHODS)
    return this.answerDocument({
      okay: true,
      authenticated: personId !== null,
      authenticationMethod: personId === null ? null : 'password',
      type: 'status',
      _links: {
        ...(personId === null
          ? {}
          : { eperson: { href: hrefOf(this.view, `eperson/epersons/${personId}`) } }),
        specialGroups: { href: hrefOf(this.view, 'authn/status/specialGroups') },
        self: { href: hrefOf(this.view, 'authn/status') },
      },
    })
  }
}

/** `authn/shortlivedtokens`: a token for a download link. */
export class ShortLivedTokenHandler extends HalHandler<AuthnDeps> {
  override async post(): Promise<SerializedJson | undefined> {
    const session = this.request.state.get(sessionKey)
    if (session === undefined) {
      throw new HttpError(401, 'not-signed-in', 'Only who has signed in gets a token', {
        headers: { 'www-authenticate': LOGIN_METHODS },
      })
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
