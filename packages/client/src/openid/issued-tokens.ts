import type { TokenEndpointResponse } from 'oauth4webapi'
import { tokenPayload } from '../auth/token-payload.ts'

/** What a provider issued. */
export interface IssuedTokens {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  /** When it was asked for, in milliseconds since 1970 by our clock. */
  readonly askedAt: number
  /** How long the access token lasts from then on, in milliseconds; `Infinity` when nothing tells. */
  readonly lifetimeMs: number
}

/** Takes over an answer of the token endpoint (RFC 6749 section 5.1). */
export function issuedTokens(answer: TokenEndpointResponse, askedAt: number): IssuedTokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    askedAt,
    lifetimeMs: (answer.expires_in ?? lifetimeOf(answer.access_token)) * 1000,
  }
}

/** Seconds from `iat` to `exp` of a JWT: unlike `exp` alone they hold whatever the clocks say. */
function lifetimeOf(token: string): number {
  const { iat, exp } = tokenPayload(token)
  return typeof iat === 'number' && typeof exp === 'number' && exp > iat ? exp - iat : Infinity
}
