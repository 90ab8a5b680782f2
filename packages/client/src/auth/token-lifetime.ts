import { tokenExpiry } from './token-expiry.ts'

// Tokens are renewed this long before their end.
const renewalMarginMs = 5 * 60_000

// RestContract authentication.md, "Refresh authentication": 30 minutes by default.
const assumedLifetimeMs = 30 * 60_000

/** A token and when to renew it. */
export interface HeldToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly renewAt: number
}

/**
 * Decides when to renew a token that came at `now`: five minutes before its `exp`, or before the end of 30 minutes when
 * it has none or is no JWT.
 *
 * A token that comes from a renewal and is itself within those five minutes shows a server with short tokens, or a clock
 * that differs from ours: renewing again at once would go on for ever. It is renewed at half of what is left, or counted
 * as 30 minutes when nothing is.
 */
export function holdToken(token: string, now: number, source: 'login' | 'renewal'): HeldToken {
  const end = tokenExpiry(token) ?? now + assumedLifetimeMs
  const renewAt = end - renewalMarginMs
  if (source === 'login' || renewAt > now) return { token, renewAt }
  const left = end - now
  return { token, renewAt: left > 0 ? now + left / 2 : now + assumedLifetimeMs - renewalMarginMs }
}
