import { ClientError } from '../errors.ts'

/** Codes of {@link OpenIDError}. */
export type OpenIDErrorCode =
  | 'provider_unavailable'
  | 'provider_invalid'
  | 'oauth_refused'
  | 'login_required'
  | 'device_unsupported'
  | 'device_denied'
  | 'device_expired'
  | 'registration_unsupported'

/**
 * No token could be had:
 * - `provider_unavailable`: the OpenID provider did not answer, or with a failure that may pass;
 * - `provider_invalid`: what it answered is not what a provider answers at that place;
 * - `oauth_refused`: it refused, `error` says why, such as `invalid_client` or `invalid_scope`;
 * - `login_required`: there is no refresh token, or it has ended, was revoked or spent: a person has to log in again;
 * - `device_unsupported`, `device_denied`, `device_expired`: the provider offers no device login, the person refused, or
 *   did not come in time;
 * - `registration_unsupported`: the provider registers no clients.
 */
export class OpenIDError extends ClientError {
  declare readonly code: OpenIDErrorCode
  /** The OAuth error code of the answer (RFC 6749 section 5.2), where there was one. */
  readonly error: string | undefined
  /** What the provider says about it, for developers. */
  readonly errorDescription: string | undefined
  /** Status of the answer, where there was one. */
  readonly status: number | undefined
  /** Whether the same may succeed later. */
  readonly retryable: boolean

  constructor(
    code: OpenIDErrorCode,
    message: string,
    answer: Partial<Pick<OpenIDError, 'error' | 'errorDescription' | 'status'>> = {},
    options?: ErrorOptions,
  ) {
    super(code, message, options)
    this.error = answer.error
    this.errorDescription = answer.errorDescription
    this.status = answer.status
    this.retryable = code === 'provider_unavailable'
  }
}
