import type { SessionClaim, UseCases } from '@hexapla/repository'
import { ArgumentHandler, HttpError, string, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { hrefOf } from '../hal/view.ts'
import { methodKey, sessionKey } from './authentication.ts'
import type { Csrf } from './csrf.ts'
import { listSpecialGroups } from './list-special-groups.ts'
import { LOGIN_METHODS } from './login-methods.ts'
import { statusResource } from './status-resource.ts'
import type { Tokens } from './tokens.ts'

export interface AuthnDeps extends HalDeps {
  readonly csrf: Csrf
  readonly tokens: Tokens
  readonly logIn: UseCases['access']['logIn']
  readonly logOut: (session: SessionClaim) => Promise<void>
}

const credentials = new ArgumentHandler('form', { unrecognized: 'ignore' })
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
        tokens: href('authn/tokens'),
        self: href('authn'),
      },
    })
  }
}

/** `authn/status`: whether the request is authenticated, always 200. */
export class StatusHandler extends HalHandler<AuthnDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    this.response.header('WWW-Authenticate', LOGIN_METHODS)
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
