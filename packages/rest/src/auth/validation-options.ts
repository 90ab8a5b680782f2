import type { ClaimRules } from './check-claims.ts'

/** What validators of tokens have in common. */
export interface ValidationOptions {
  /**
   * For whom a token must be meant; one of several is enough. Absent: `aud` is not checked, as in rest-tools. Leave it
   * out only where the issuer's tokens are for this service alone: a provider that serves several gives out tokens for
   * each of them, and without this option any of those is good here (RFC 8725 section 3.9).
   */
  readonly audience?: string | readonly string[]
  /** By how many seconds the issuer's clock may differ; default 60. Minutes more cost security little, hours much. */
  readonly leewaySeconds?: number
  /** Claims that must be there, beyond `exp` and `iat`, which always are. */
  readonly requiredClaims?: readonly string[]
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number
}

/** The rules that options stand for; `issuers` is up to the validator. */
export function claimRules(options: ValidationOptions): Omit<ClaimRules, 'issuers'> {
  const { leewaySeconds = 60, requiredClaims = [] } = options
  if (!(leewaySeconds >= 0)) throw new TypeError('leewaySeconds is at least 0')
  return { audience: toList(options.audience), leewaySeconds, requiredClaims }
}

/** One, several or none as a list; nothing to choose from is refused, since it would accept nothing. */
export function toList(value: string | readonly string[] | undefined): readonly string[] | undefined {
  const list = typeof value === 'string' ? [value] : value
  if (list?.length === 0) throw new TypeError('an empty list of issuers or audiences accepts no token')
  return list
}
