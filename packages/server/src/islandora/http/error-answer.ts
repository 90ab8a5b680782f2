import type { DomainErrorCode, PatchErrorCode } from '@hexapla/repository'
import type { ErrorAnswer, Failure } from '@hexapla/rest'

/** What each failure of a use case is in this dialect (document 004, "Common Responses"). */
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
  TOO_LARGE: 413,
  PATCH_MALFORMED: 400,
  PATCH_INVALID: 400,
  PATCH_PATH_MISSING: 400,
  PATCH_TEST_FAILED: 400,
}

/** A failure as `{message}`; one of the server itself names the line of the log that has its cause. */
export function islandoraError({ code, status, message, referenceId }: Failure): ErrorAnswer {
  const answered = isKnown(code) ? STATUS_OF[code] : status
  return {
    status: answered,
    headers: {
      'content-type': 'application/json',
      ...(answered === 401 && { 'www-authenticate': 'Basic realm="Islandora", charset="UTF-8"' }),
    },
    body: { message, ...(referenceId !== undefined && { reference: referenceId }) },
  }
}

function isKnown(code: string): code is keyof typeof STATUS_OF {
  return Object.hasOwn(STATUS_OF, code)
}
