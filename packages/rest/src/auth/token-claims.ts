/** What a validated token says (RFC 7519 section 4.1); times are seconds since 1970, perhaps with a fraction. */
export interface TokenClaims {
  readonly exp: number
  readonly iat: number
  readonly nbf?: number
  readonly iss?: string
  readonly sub?: string
  readonly aud?: string | readonly string[]
  readonly [claim: string]: unknown
}

/** Whatever tells good tokens from bad ones. */
export interface TokenValidator {
  /**
   * @returns the claims of a token that is good now
   * @throws TokenError
   */
  validate(token: string): Promise<TokenClaims>
}
