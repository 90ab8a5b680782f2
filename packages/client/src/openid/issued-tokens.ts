import type { TokenEndpointResponse } from 'oauth4webapi'

/** What a provider issued. */
export interface IssuedTokens {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  /** How long the access token lasts, in milliseconds from when it was asked for; `undefined` when nothing tells. */
  readonly lifetimeMs: number | undefined
}

/** Takes over an answer of the token endpoint (RFC 6749 section 5.1). */
export function issuedTokens(answer: TokenEndpointResponse): IssuedTokens {
  const seconds = answer.expires_in ?? lifetimeOf(answer.access_token)
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    lifetimeMs: seconds === undefined ? undefined : seconds * 1000,
  }
}

/** Seconds from `iat` to `exp` of a JWT: unlike `exp` alone they hold whatever the clocks say. Read, not verified. */
function lifetimeOf(token: string): number | undefined {
  const payload = token.split('.')[1]
  if (payload === undefined) return undefined
  try {
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as unknown
    if (typeof claims !== 'object' || claims === null || !('iat' in claims) || !('exp' in claims))
      return undefined
    const { iat, exp } = claims
    return typeof iat === 'number' && typeof exp === 'number' && exp > iat ? exp - iat : undefined
  } catch {
    // Not a JWT that we can read.
    return undefined
  }
}
