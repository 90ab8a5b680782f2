import type { RestRequest } from '../request.ts'
import { identityKey, tokenFailureKey } from './identity.ts'
import type { TokenClaims, TokenValidator } from './token-claims.ts'
import { TokenError } from './token-error.ts'

/** Options of {@link identify}. */
export interface IdentifyOptions {
  readonly validator: TokenValidator
  /** Names the person or service; default: the claim `sub`. `undefined` means that the token names nobody. */
  readonly subject?: (claims: TokenClaims) => string | undefined
}

/** Leaves in the request's state who a token speaks for, or why it was not accepted. */
export async function identify(
  request: RestRequest,
  token: string,
  { validator, subject = bySub }: IdentifyOptions,
): Promise<void> {
  try {
    const claims = await validator.validate(token)
    const name = subject(claims)
    if (name === undefined) throw new TokenError('token-claim-missing', 'the token names nobody')
    request.state.set(identityKey, { subject: name, claims, token })
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    request.state.set(tokenFailureKey, error)
  }
}

function bySub(claims: TokenClaims): string | undefined {
  return claims.sub
}
