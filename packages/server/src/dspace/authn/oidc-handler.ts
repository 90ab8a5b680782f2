import type { UseCases } from '@hexapla/repository'
import { HttpError, type CookieOptions } from '@hexapla/rest'
import type { OpenIdSignIn } from '../../openid/openid-sign-in.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { SESSION_COOKIE, sessionCookie } from './session-cookie.ts'
import type { PendingSignIns } from './pending-sign-ins.ts'
import { providerSession, type Tokens } from './tokens.ts'

export interface OidcDeps extends HalDeps {
  readonly openId: OpenIdSignIn
  readonly pending: PendingSignIns
  readonly tokens: Tokens
  readonly signIn: UseCases['access']['signIn']
  /** Where people go who do not say where to. */
  readonly uiUrl: () => string
  /** Where people may be led to: nobody is led to a stranger's site. */
  readonly returnAddress: (address: string) => string
  readonly now: () => number
}

const PATH = '/server/api/authn/oidc'
const PENDING_COOKIE = 'HEXAPLA-OIDC'

/**
 * `authn/oidc`: leads a browser to the OpenID provider and takes it back from there. It ends at `redirectUrl` with a
 * cookie, for which `authn/login` then gives a token, as the web client expects of the original (OidcLoginFilter).
 */
export class OidcHandler extends HalHandler<OidcDeps> {
  override async get(): Promise<void> {
    this.response.header('Cache-Control', 'no-store')
    const { query } = this.request
    if (query.has('state') || query.has('code') || query.has('error')) await this.#complete()
    else await this.#begin()
  }

  async #begin(): Promise<void> {
    const returnTo = this.deps.returnAddress(redirectUrlOf(this.request.url) ?? this.deps.uiUrl())
    const { location, pending } = await this.deps.openId.flow.begin({ callback: this.address, returnTo })
    const { name, options } = this.#pendingCookie(pending.state)
    this.response.cookie(name, await this.deps.pending.seal(pending), options)
    this.#leadTo(location)
  }

  async #complete(): Promise<void> {
    const { query, cookies } = this.request
    const { name, options } = this.#pendingCookie(query.get('state') ?? '')
    const sealed = cookies[name]
    const pending = sealed === undefined ? undefined : await this.deps.pending.open(sealed)
    // Whoever else made the browser come here has no cookie in it.
    if (pending === undefined || pending.state !== query.get('state')) {
      throw new HttpError(
        401,
        'sign-in-unknown',
        'This browser began no such sign-in, or too long ago: begin it again',
      )
    }
    this.response.cookie(name, '', { ...options, maxAge: 0 })
    const { openId, signIn, tokens } = this.deps
    const claims = await openId.flow.complete(new URL(`${this.address}?${query.toString()}`), pending)
    if (claims !== undefined) {
      const session = await signIn(openId.identityOf(claims), openId.rules)
      const token = await tokens.issueForCookie(providerSession(session, this.deps.now()))
      this.response.cookie(SESSION_COOKIE, token, sessionCookie(this.#isSecure))
    }
    this.#leadTo(pending.returnTo)
  }

  #leadTo(address: string): void {
    this.response.status(302).header('Location', address)
  }

  /** One for each sign-in, so that several tabs may be under way. */
  #pendingCookie(state: string): { name: string; options: CookieOptions } {
    const name = `${PENDING_COOKIE}-${state.replaceAll(/[^\w-]/g, '').slice(0, 16)}`
    // Lax: the provider leads back from its own site.
    const options: CookieOptions = { path: PATH, httpOnly: true, secure: this.#isSecure, sameSite: 'lax' }
    return { name, options: { ...options, maxAge: this.deps.pending.lifetimeSeconds } }
  }

  get #isSecure(): boolean {
    return this.deps.api().startsWith('https:')
  }
}

/** The web client puts the address there as it is, with whatever parameters that has; others escape it. */
function redirectUrlOf(url: string): string | undefined {
  const text = /[?&]redirectUrl=(.+)$/.exec(url)?.[1]
  return text === undefined || text.includes('://') ? text : decodeURIComponent(text)
}
