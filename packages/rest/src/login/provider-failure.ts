import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { TokenError } from '../auth/token-error.ts'
import { HttpError } from '../http-error.ts'

/** What the provider's answer means: it is away, it refuses what it was given, or something is wrong here. */
export type ProviderFailure = 'unavailable' | 'refused' | 'unknown'

/** Codes of `openid-client` for answers that are none: no time left, no JSON, another status. */
const unusable = new Set<unknown>([
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_INVALID_RESPONSE',
])
/** Codes for tokens that are not what was asked for, such as one with another nonce. */
const unfit = new Set<unknown>([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
])
/** Errors of the provider that are neither ours nor the person's (RFC 6749 section 4.1.2.1). */
const temporary = new Set(['server_error', 'temporarily_unavailable'])
/** What a client with wrong settings is told: nothing that signing in once more would mend. */
const wrongSettings = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'unsupported_grant_type',
])

/** Tells what a failed exchange with the provider means. */
export function classifyFailure(error: unknown): ProviderFailure {
  if (error instanceof TokenError) return error.code === 'provider-unavailable' ? 'unavailable' : 'refused'
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    if (temporary.has(error.error)) return 'unavailable'
    if (error instanceof ResponseBodyError && (error.status >= 500 || error.status === 429))
      return 'unavailable'
    return wrongSettings.has(error.error) ? 'unknown' : 'refused'
  }
  if (error instanceof ClientError) {
    if (unusable.has(error.code)) return 'unavailable'
    return unfit.has(error.code) ? 'refused' : 'unknown'
  }
  // So `fetch` tells that there is no connection; other TypeErrors are faults of a program and have no cause.
  return error instanceof TypeError && error.cause !== undefined ? 'unavailable' : 'unknown'
}

/** What a person who signs in is told; what is unknown stays as it is, which is 500. */
export function loginError(error: unknown): unknown {
  switch (classifyFailure(error)) {
    case 'unavailable': {
      const wait = (error instanceof TokenError && error.retryAfterSeconds) || 5
      return new HttpError(503, 'provider-unavailable', 'the sign-in service cannot be reached', {
        headers: { 'retry-after': String(Math.ceil(wait)) },
        cause: error,
      })
    }
    case 'refused':
      return new HttpError(400, 'login-refused', `the sign-in was refused: ${reason(error)}`, {
        cause: error,
      })
    case 'unknown':
      return error
  }
}

function reason(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return error.error_description ?? error.error
  }
  return 'what the provider sent does not fit'
}
