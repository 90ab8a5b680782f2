import { createSecretKey } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Clock, SessionClaim } from '@hexapla/repository'

/** What a token of the API says. */
export interface TokenSession extends SessionClaim {
  /** How the person signed in; by password unless said otherwise. */
  readonly method?: 'oidc'
  /** When, for a way of signing in that has to be gone again after a while; seconds since 1970. */
  readonly signedInAt?: number
}

/** The session of somebody whom a provider has named just now. */
export function providerSession(session: SessionClaim, now: number): TokenSession {
  return { ...session, method: 'oidc', signedInAt: Math.floor(now / 1000) }
}

/** Issues and checks the tokens of the API (RestContract authentication.md, "JSON Web Token structure"). */
export interface Tokens {
  /** For the `Authorization` header; good for the configured lifetime. */
  issue(claim: TokenSession): Promise<string>
  /** For the query parameter `authentication-token`: good for two seconds, to follow a download link. */
  issueShortLived(claim: TokenSession): Promise<string>
  /** For the cookie in which a sign-in at a provider ends: good for five minutes, to be exchanged. */
  issueForCookie(claim: TokenSession): Promise<string>
  /** @returns undefined for a token that is malformed, expired, forged, or of the other use */
  verify(token: string, use: TokenUse): Promise<TokenSession | undefined>
}

/** A token for one use is refused in the other. */
export type TokenUse = 'session' | 'download' | 'cookie'

const SHORT_LIFETIME_S = 2
const COOKIE_LIFETIME_S = 300

/**
 * Tokens as JWT (RFC 7519), signed with HMAC SHA-256.
 *
 * @param options.secret 32 bytes that all processes of the repository share and that survive restarts
 * @param options.lifetimeSeconds of tokens for the `Authorization` header
 */
export function createTokens(options: { secret: Uint8Array; lifetimeSeconds: number; clock: Clock }): Tokens {
  const key = createSecretKey(options.secret)
  const now = () => Math.floor(options.clock().getTime() / 1000)
  const sign = (claim: TokenSession, use: TokenUse, lifetimeSeconds: number) =>
    new SignJWT({
      eid: claim.personId,
      sg: claim.specialGroupIds ?? [],
      ses: claim.sessionId,
      use,
      ...(claim.method !== undefined && { authenticationMethod: claim.method }),
      ...(claim.signedInAt !== undefined && { auth_time: claim.signedInAt }),
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(now() + lifetimeSeconds)
      .sign(key)
  return {
    issue: (claim) => sign(claim, 'session', options.lifetimeSeconds),
    issueShortLived: (claim) => sign(claim, 'download', SHORT_LIFETIME_S),
    issueForCookie: (claim) => sign(claim, 'cookie', COOKIE_LIFETIME_S),
    async verify(token, use) {
      try {
        const { payload } = await jwtVerify<TokenClaims>(token, key, {
          algorithms: ['HS256'],
          currentDate: options.clock(),
          requiredClaims: ['exp', 'eid', 'ses'],
        })
        if (payload.use !== use) return undefined
        const { eid, ses, sg, authenticationMethod: method, auth_time: signedInAt } = payload
        return {
          personId: eid,
          sessionId: ses,
          specialGroupIds: sg,
          ...(method !== undefined && { method }),
          ...(signedInAt !== undefined && { signedInAt }),
        }
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}

interface TokenClaims {
  readonly eid: string
  readonly ses: string
  readonly sg: readonly string[]
  readonly use: TokenUse
  readonly authenticationMethod?: 'oidc'
  /** As OpenID Connect Core section 2 has it. */
  readonly auth_time?: number
}
