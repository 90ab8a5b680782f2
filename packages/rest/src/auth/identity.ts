import { StateKey } from '../request-state.ts'
import type { TokenClaims } from './token-claims.ts'
import type { TokenError } from './token-error.ts'

/** Who asks, as a validated token tells. */
export interface Identity {
  /** The claim `sub`, or what {@link BearerOptions.subject} makes of the claims. */
  readonly subject: string
  readonly claims: TokenClaims
  /** The token itself, to hand on to services behind this one. A secret. */
  readonly token: string
}

/** Where hooks leave who asks; absent when nobody did, or with a bad token. */
export const identityKey = new StateKey<Identity>('identity')

/** Where hooks leave why a token was not accepted; guards answer by it. */
export const tokenFailureKey = new StateKey<TokenError>('token failure')
