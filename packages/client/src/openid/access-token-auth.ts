import type { Auth } from '../auth/auth.ts'
import { abortable } from '../pipeline/abortable.ts'
import type { Clock } from '../pipeline/clock.ts'
import { singleFlight } from '../pipeline/single-flight.ts'
import type { IssuedTokens } from './issued-tokens.ts'
import { OpenIDError } from './openid-error.ts'

// Tokens are renewed this long before their end.
const marginMs = 5000

/**
 * {@link Auth} by access tokens that are obtained when there is none, five seconds before the end, and after a refusal.
 * However many requests wait, they are obtained once; the abort of one that waits does not end that. Lifetimes count
 * from when the token was asked for, so that a wrong clock does no harm. While the provider is not to be had, a token
 * that still has seconds to live goes on to be used.
 */
export function accessTokenAuth(deps: {
  readonly obtain: () => Promise<IssuedTokens>
  readonly clock: Clock
}): Auth {
  const { obtain, clock } = deps
  let held: { readonly authorization: string; readonly renewAt: number; readonly endsAt: number } | undefined

  const renew = singleFlight(async () => {
    const { accessToken, askedAt, lifetimeMs } = await obtain()
    // A token of few seconds serves for half of them.
    const usedMs = Math.max(lifetimeMs - marginMs, lifetimeMs / 2)
    held = { authorization: `Bearer ${accessToken}`, renewAt: askedAt + usedMs, endsAt: askedAt + lifetimeMs }
    return held.authorization
  })

  return {
    async authorization({ signal }) {
      signal?.throwIfAborted()
      if (held !== undefined && clock.now() < held.renewAt) return held.authorization
      return abortable(renew(), signal).catch((error: unknown) => {
        const passing = error instanceof OpenIDError && error.retryable
        if (passing && held !== undefined && clock.now() < held.endsAt) return held.authorization
        throw error
      })
    },
    refused(authorization) {
      if (held?.authorization === authorization) held = undefined
    },
  }
}
