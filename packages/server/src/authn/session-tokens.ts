import { createSecretKey } from 'node:crypto'
import type { Clock, SessionClaim } from '@hexapla/repository'
import { errors, jwtVerify, SignJWT } from 'jose'

/** Makes and reads signed tokens that name a session of the repository. */
export interface SessionTokens {
  issue(session: SessionClaim): Promise<string>
  /** Reads a token; one that is malformed or forged is `invalid`. */
  verify(token: string): Promise<SessionClaim | 'expired' | 'invalid'>
}

interface Claims {
  readonly ses: string
}

interface Verified {
  readonly claim: SessionClaim
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** Tokens that are remembered, the most. */
const MOST_KNOWN = 1000

/**
 * Sessions of the repository in JWT (RFC 7519), signed with HMAC SHA-256: a session ends when the person signs out
 * anywhere. Nothing is kept for them here, so every process of the repository knows them.
 *
 * @param options.secret 32 bytes that all processes of the repository share and that survive restarts
 */
export function sessionTokens(options: {
  secret: Uint8Array
  lifetimeSeconds: number
  clock: Clock
}): SessionTokens {
  const key = createSecretKey(options.secret)
  // A client sends the same token with every request; the signature is looked at once.
  const verified = new Map<string, Verified>()
  return {
    issue({ personId, sessionId }) {
      const now = Math.floor(options.clock().getTime() / 1000)
      return new SignJWT({ ses: sessionId })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(personId)
        .setIssuedAt(now)
        .setExpirationTime(now + options.lifetimeSeconds)
        .sign(key)
    },
    async verify(token) {
      const now = options.clock()
      const known = verified.get(token)
      if (known !== undefined && now.getTime() < known.expiresAt) return known.claim
      try {
        const { payload } = await jwtVerify<Claims>(token, key, {
          algorithms: ['HS256'],
          currentDate: now,
          requiredClaims: ['sub', 'ses', 'exp'],
        })
        if (payload.sub === undefined || payload.exp === undefined) return 'invalid'
        const claim = { personId: payload.sub, sessionId: payload.ses }
        remember(verified, token, { claim, expiresAt: payload.exp * 1000 })
        return claim
      } catch (error) {
        if (error instanceof errors.JWTExpired) return 'expired'
        if (error instanceof errors.JOSEError) return 'invalid'
        throw error
      }
    },
  }
}

function remember(verified: Map<string, Verified>, token: string, one: Verified): void {
  const [oldest] = verified.keys()
  if (verified.size >= MOST_KNOWN && oldest !== undefined) verified.delete(oldest)
  verified.set(token, one)
}
