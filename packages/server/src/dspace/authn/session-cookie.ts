import type { CookieOptions } from '@hexapla/rest'

/**
 * Holds a token from the end of a sign-in at a provider until the web client exchanges it (the original's
 * JWTTokenRestAuthenticationServiceImpl has the same cookie).
 */
export const SESSION_COOKIE = 'Authorization-cookie'

/** Paths at which the cookie counts: at these it changes nothing, or the CSRF token is asked for too. */
const PATHS: ReadonlySet<string> = new Set(['/server/api/authn/status', '/server/api/authn/login'])

/** Whether the cookie says who asks, at a path. */
export function takesSessionCookie(path: string): boolean {
  return PATHS.has(path)
}

/** @param secure whether the server is reached over https: the web client may be on another site then */
export function sessionCookie(secure: boolean): CookieOptions {
  return { path: '/server/api/authn', httpOnly: true, secure, sameSite: secure ? 'none' : 'lax' }
}
