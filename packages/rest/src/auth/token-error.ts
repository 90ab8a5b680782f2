/** Why a token was not accepted; `provider-unavailable` is the one that is not the caller's fault. */
export type TokenErrorCode =
  | 'token-malformed'
  | 'token-expired'
  | 'token-not-yet-valid'
  | 'token-signature'
  | 'token-issuer'
  | 'token-audience'
  | 'token-claim-missing'
  | 'token-key-unknown'
  | 'provider-unavailable'

/** What a {@link TokenError} carries beyond code and message. */
export interface TokenErrorOptions {
  /** For `provider-unavailable`: when asking again may help. */
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

/** A token that was not accepted. The message is for logs: it holds nothing of the token but names and times. */
export class TokenError extends Error {
  readonly code: TokenErrorCode
  readonly retryAfterSeconds: number | undefined

  constructor(code: TokenErrorCode, message: string, options: TokenErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'TokenError'
    this.code = code
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
