import {
  DomainError,
  OutsideError,
  PatchError,
  type DomainErrorCode,
  type PatchErrorCode,
} from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'
import type { LoginMethods } from '../authn/login-methods.ts'

/** What each failure of a use case is in this dialect (RestContract README, "Error codes"). */
const STATUS_OF: Readonly<Record<DomainErrorCode | PatchErrorCode, number>> = {
  NOT_FOUND: 404,
  NOT_SIGNED_IN: 401,
  NOT_ALLOWED: 403,
  LOGIN_REFUSED: 401,
  TOO_MANY_ATTEMPTS: 429,
  VERSION_CONFLICT: 412,
  CHECKSUM_MISMATCH: 412,
  INVALID: 422,
  REFERENCE_INVALID: 422,
  CONFLICT: 422,
  FIELD_UNKNOWN: 422,
  RELATIONSHIP_INVALID: 400,
  SORT_UNKNOWN: 400,
  QUERY_INVALID: 400,
  SEARCH_TOO_COSTLY: 400,
  SEARCH_UNAVAILABLE: 503,
  TOO_LARGE: 413,
  PATCH_MALFORMED: 400,
  PATCH_INVALID: 422,
  PATCH_PATH_MISSING: 422,
  PATCH_TEST_FAILED: 422,
}

/** Turns failures of use cases into answers; anything unknown stays unknown, and is 500. */
export function toHttpError(loginMethods: LoginMethods) {
  return (error: unknown): HttpError | undefined => {
    // RFC 9110 section 15.6.3: somebody else, whom this server asked, is at fault.
    if (error instanceof OutsideError) return new HttpError(502, error.code, error.message, { cause: error })
    if (!(error instanceof DomainError || error instanceof PatchError)) return undefined
    const status = STATUS_OF[error.code]
    return new HttpError(status, error.code, error.message, {
      headers: headersOf(error, status, loginMethods),
      cause: error,
    })
  }
}

function headersOf(
  error: DomainError | PatchError,
  status: number,
  loginMethods: LoginMethods,
): Readonly<Record<string, string>> {
  if (status === 401) return { 'www-authenticate': loginMethods() }
  // RFC 6585 section 4
  if (error.code === 'TOO_MANY_ATTEMPTS') return { 'retry-after': String(error.data['retryAfterSeconds']) }
  return {}
}
