import type { Clock } from '@hexapla/repository'
import type { CookieOptions } from '@hexapla/rest'
import { sessionTokens, type SessionTokens } from '../../authn/session-tokens.ts'

/** Names the cookie that keeps people signed in; like Drupal's it begins with SESS. */
export const SESSION_COOKIE = 'SESSislandora'
const LIFETIME_S = 12 * 60 * 60

/**
 * Makes and reads the values of session cookies.
 *
 * @param options.secret 32 bytes that all processes of the repository share and that survive restarts
 */
export function sessionCookies(options: { secret: Uint8Array; clock: Clock }): SessionTokens {
  return sessionTokens({ ...options, lifetimeSeconds: LIFETIME_S })
}

/** @param secure whether the server is reached over https */
export function cookieOptions(secure: boolean): CookieOptions {
  return { path: '/', httpOnly: true, secure, sameSite: 'lax', maxAge: LIFETIME_S }
}
