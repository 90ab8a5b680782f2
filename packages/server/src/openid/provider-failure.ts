import { HttpError, TokenError } from '@hexapla/rest'
import * as oauth from 'openid-client'

const RETRY_AFTER_S = 5
/** What the browser brought, or the provider said of it, does not fit what was begun. */
const MISFITS: ReadonlySet<unknown> = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
])
/** Of the authorization endpoint, RFC 6749 section 4.1.2.1. */
const PASSING: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable'])

/**
 * A failure of the provider, or of the way to it, as an answer: 503, for it is not the caller's fault; or 401 where what
 * the caller brought is at fault. Anything else stays what it is.
 */
export function toProviderFailure(error: unknown): unknown {
  if (isRefusal(error)) {
    return new HttpError(401, 'sign-in-failed', 'The sign-in failed at the provider: begin it again', {
      cause: error,
    })
  }
  if (!isFailure(error)) return error
  return new HttpError(503, 'provider-unavailable', 'The OpenID provider cannot be reached at the moment', {
    headers: { 'retry-after': String(retryAfter(error)) },
    cause: error,
  })
}

function isRefusal(error: unknown): boolean {
  if (error instanceof oauth.AuthorizationResponseError) return !PASSING.has(error.error)
  if (error instanceof oauth.ResponseBodyError) return error.error === 'invalid_grant'
  return error instanceof oauth.ClientError && MISFITS.has(error.code)
}

function isFailure(error: unknown): boolean {
  return (
    (error instanceof TokenError && error.code === 'provider-unavailable') ||
    error instanceof oauth.AuthorizationResponseError ||
    error instanceof oauth.ResponseBodyError ||
    error instanceof oauth.WWWAuthenticateChallengeError ||
    error instanceof oauth.ClientError ||
    // How `fetch` tells of the network (Fetch standard, "network error").
    (error instanceof TypeError && error.cause !== undefined)
  )
}

function retryAfter(error: unknown): number {
  return error instanceof TokenError ? (error.retryAfterSeconds ?? RETRY_AFTER_S) : RETRY_AFTER_S
}
