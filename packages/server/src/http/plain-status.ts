import type { DomainErrorCode, PatchErrorCode } from '@hexapla/repository'
import type { Failure } from '@hexapla/rest'

/** What each failure of a use case is where a dialect says nothing finer than 400 of what it was sent. */
const STATUS_OF: Readonly<Record<DomainErrorCode | PatchErrorCode, number>> = {
  NOT_FOUND: 404,
  NOT_SIGNED_IN: 401,
  NOT_ALLOWED: 403,
  LOGIN_REFUSED: 401,
  TOO_MANY_ATTEMPTS: 429,
  VERSION_CONFLICT: 409,
  CHECKSUM_MISMATCH: 400,
  INVALID: 400,
  REFERENCE_INVALID: 400,
  CONFLICT: 409,
  FIELD_UNKNOWN: 400,
  RELATIONSHIP_INVALID: 400,
  SORT_UNKNOWN: 400,
  QUERY_INVALID: 400,
  SEARCH_TOO_COSTLY: 400,
  SEARCH_UNAVAILABLE: 503,
  TOO_LARGE: 413,
  PATCH_MALFORMED: 400,
  PATCH_INVALID: 400,
  PATCH_PATH_MISSING: 400,
  PATCH_TEST_FAILED: 400,
}

/**
 * The status of a failure in the dialects of Islandora (document 004, "Common Responses") and Pele: for both, what was
 * sent is bad or not.
 */
export function plainStatus({ code, status }: Failure): number {
  return isKnown(code) ? STATUS_OF[code] : status
}

function isKnown(code: string): code is keyof typeof STATUS_OF {
  return Object.hasOwn(STATUS_OF, code)
}
