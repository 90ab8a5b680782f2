import type { TokenClaims } from './token-claims.ts'
import { TokenError } from './token-error.ts'

/** What is asked of the claims of a token. */
export interface ClaimRules {
  /** Undefined: any issuer. */
  readonly issuers: readonly string[] | undefined
  /** Undefined: not checked. */
  readonly audience: readonly string[] | undefined
  readonly leewaySeconds: number
  /** Beyond `exp` and `iat`, which are always required. */
  readonly requiredClaims: readonly string[]
}

/**
 * Checks the claims of a token whose signature was good. Times are compared with their fraction, which jose rounds
 * away: a token of this very second would count as not yet valid.
 *
 * @param nowMs milliseconds since 1970
 * @throws TokenError `token-malformed`, `token-claim-missing`, `token-not-yet-valid`, `token-expired`, `token-issuer`,
 * `token-audience`
 */
export function checkClaims(
  claims: Readonly<Record<string, unknown>>,
  rules: ClaimRules,
  nowMs: number,
): TokenClaims {
  const exp = requireTime(claims, 'exp')
  const iat = requireTime(claims, 'iat')
  const nbf = optionalTime(claims, 'nbf')
  for (const name of rules.requiredClaims) {
    if (!has(claims, name)) throw missing(name)
  }
  checkTimes({ exp, iat, nbf }, rules.leewaySeconds, nowMs / 1000)
  const iss = optionalText(claims, 'iss')
  optionalText(claims, 'sub')
  if (rules.issuers !== undefined) checkIssuer(iss, rules.issuers)
  checkAudience(claims['aud'], rules.audience)
  // Every claim that TokenClaims names was looked at above.
  return claims as TokenClaims
}

interface Times {
  readonly exp: number
  readonly iat: number
  readonly nbf: number | undefined
}

/** RFC 7519 sections 4.1.4 to 4.1.6; a token issued in the future is refused as PyJWT does. */
function checkTimes({ exp, iat, nbf }: Times, leewaySeconds: number, now: number): void {
  const early = Math.max(iat, nbf ?? iat) - leewaySeconds - now
  if (early > 0) {
    throw new TokenError(
      'token-not-yet-valid',
      `the token is good in ${early.toFixed(1)} s, beyond the leeway of ${leewaySeconds} s: do the clocks agree?`,
    )
  }
  const late = now - exp - leewaySeconds
  if (late >= 0)
    throw new TokenError('token-expired', `the token expired ${(late + leewaySeconds).toFixed(1)} s ago`)
}

function checkIssuer(issuer: string | undefined, issuers: readonly string[]): void {
  if (issuer === undefined) throw missing('iss')
  if (!issuers.includes(issuer)) throw new TokenError('token-issuer', `the issuer ${issuer} is not accepted`)
}

function checkAudience(value: unknown, wanted: readonly string[] | undefined): void {
  const audience = typeof value === 'string' ? [value] : (value ?? [])
  if (!Array.isArray(audience) || !audience.every((name) => typeof name === 'string')) throw wrongType('aud')
  if (wanted === undefined) return
  if (audience.length === 0) throw missing('aud')
  if (!wanted.some((name) => audience.includes(name))) {
    throw new TokenError('token-audience', `the token is for ${audience.join(', ')}`)
  }
}

function requireTime(claims: Readonly<Record<string, unknown>>, name: string): number {
  const value = optionalTime(claims, name)
  if (value === undefined) throw missing(name)
  return value
}

function optionalTime(claims: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = claims[name] ?? undefined
  if (value !== undefined && !Number.isFinite(value)) throw wrongType(name)
  return value as number | undefined
}

function optionalText(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = claims[name] ?? undefined
  if (value !== undefined && typeof value !== 'string') throw wrongType(name)
  return value
}

function has(claims: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(claims, name) && claims[name] !== null
}

function missing(name: string): TokenError {
  return new TokenError('token-claim-missing', `the token has no claim ${name}`)
}

function wrongType(name: string): TokenError {
  return new TokenError('token-malformed', `the claim ${name} has a wrong type`)
}
