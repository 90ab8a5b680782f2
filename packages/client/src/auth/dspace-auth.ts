import { LoginError } from '../errors.ts'
import { abortable } from '../pipeline/abortable.ts'
import type { Clock } from '../pipeline/clock.ts'
import type { Send } from '../pipeline/layer.ts'
import { singleFlight } from '../pipeline/single-flight.ts'
import type { Auth } from './auth.ts'
import { type AuthnExchange, createAuthnExchange } from './authn-exchange.ts'
import type { Credentials } from './credentials.ts'
import { type HeldToken, holdToken } from './token-lifetime.ts'

// How long a token counts as certainly accepted after the server showed so.
const certaintyMs = 60_000

/** {@link Auth} by DSpace's JWT. */
export interface DSpaceAuth extends Auth {
  /** The token as it is now, for storing. */
  readonly held: () => HeldToken | undefined
  /** Ends the token at the server and forgets it. */
  readonly logout: (signal: AbortSignal | undefined) => Promise<void>
}

/**
 * Keeps a DSpace token: logs in when there is none, renews it with itself when its end is near, and logs in with the
 * password when the server no longer takes it. However many requests wait, one exchange runs; it is not ended by the
 * abort of a request that waits for it, because the server may have answered already.
 *
 * @param deps.send the pipeline without authentication
 * @throws {LoginError} `login_refused`, `login_failed`, or `login_required` when there is no password to log in with
 */
export function dspaceAuth(deps: {
  readonly endpoint: string
  readonly credentials: Credentials | undefined
  readonly send: Send
  readonly clock: Clock
  readonly restored: HeldToken | undefined
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
}): DSpaceAuth {
  const { clock, credentials } = deps
  const exchange: AuthnExchange = createAuthnExchange(deps)
  let held = deps.restored
  let certainUntil = 0

  const take = (token: string, source: 'login' | 'renewal') => {
    held = holdToken(token, clock.now(), source)
    certainUntil = clock.now() + certaintyMs
  }

  const renewOrLogin = singleFlight(async () => {
    if (held !== undefined) {
      const answer = await exchange.renew(held.token)
      if ('token' in answer) return take(answer.token, 'renewal')
      held = undefined
    }
    if (credentials === undefined) {
      throw new LoginError(
        'login_required',
        'The session has ended and there is no password to begin another',
      )
    }
    const answer = await exchange.login(credentials)
    if ('refusal' in answer) throw answer.refusal
    take(answer.token, 'login')
  })

  const confirm = singleFlight(async () => {
    const token = held?.token
    if (token === undefined) return
    const accepted = await exchange.isAccepted(token)
    if (held?.token !== token) return
    if (accepted) certainUntil = clock.now() + certaintyMs
    else held = undefined
  })

  return {
    async authorization({ certain, signal }) {
      signal?.throwIfAborted()
      if (held === undefined || clock.now() >= held.renewAt) await abortable(renewOrLogin(), signal)
      if (certain && clock.now() >= certainUntil) {
        await abortable(confirm(), signal)
        if (held === undefined) await abortable(renewOrLogin(), signal)
      }
      return held === undefined ? undefined : `Bearer ${held.token}`
    },
    refused(authorization) {
      if (held !== undefined && authorization === `Bearer ${held.token}`) held = undefined
    },
    held: () => held,
    async logout(signal) {
      if (held === undefined) return
      await exchange.logout(held.token, signal)
      held = undefined
    },
  }
}
