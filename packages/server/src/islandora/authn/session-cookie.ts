import { createSecretKey } from 'node:crypto'
import type { Clock, OpenedSession, SessionClaim } from '@hexapla/repository'
import type { CookieOptions } from '@hexapla/rest'
import { errors, jwtVerify, SignJWT } from 'jose'

/** Names the cookie that keeps people signed in; like Drupal's it begins with SESS. */
export const SESSION_COOKIE = 'SESSislandora'
const LIFETIME_S = 12 * 60 * 60

/** Makes and reads the values of session cookies. */
export interface SessionCookies {
  issue(session: OpenedSession): Promise<string>
  /** @returns undefined for a value that is malformed, expired or forged */
  verify(value: string): Promise<SessionClaim | undefined>
}

interface Claims {
  readonly ses: string
}

/**
 * Sessions of the repository in cookies: a signed token names the session, which ends when the person signs out anywhere.
 * Nothing is kept for it here, so every process of the repository knows it.
 *
 * @param options.secret 32 bytes that all processes of the repository share and that survive restarts
 */
export function sessionCookies({ secret, clock }: { secret: Uint8Array; clock: Clock }): SessionCookies {
  const key = createSecretKey(secret)
  return {
    issue: ({ personId, sessionId }) =>
      new SignJWT({ ses: sessionId })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(personId)
        .setExpirationTime(Math.floor(clock().getTime() / 1000) + LIFETIME_S)
        .sign(key),
    async verify(value) {
      try {
        const { payload } = await jwtVerify<Claims>(value, key, {
          algorithms: ['HS256'],
          currentDate: clock(),
          requiredClaims: ['sub', 'ses', 'exp'],
        })
        return payload.sub === undefined ? undefined : { personId: payload.sub, sessionId: payload.ses }
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}

/** @param secure whether the server is reached over https */
export function cookieOptions(secure: boolean): CookieOptions {
  return { path: '/', httpOnly: true, secure, sameSite: 'lax', maxAge: LIFETIME_S }
}
