/** Every failure that a caller can cause; each dialect maps `code` to its own status and body. */
export type DomainErrorCode =
  | 'NOT_FOUND'
  | 'NOT_SIGNED_IN'
  | 'NOT_ALLOWED'
  | 'VERSION_CONFLICT'
  | 'INVALID'
  | 'REFERENCE_INVALID'
  | 'CONFLICT'
  | 'FIELD_UNKNOWN'
  | 'RELATIONSHIP_INVALID'
  | 'SORT_UNKNOWN'
  | 'QUERY_INVALID'
  | 'SEARCH_TOO_COSTLY'
  | 'SEARCH_UNAVAILABLE'
  | 'CHECKSUM_MISMATCH'
  | 'TOO_LARGE'
  | 'LOGIN_REFUSED'
  | 'TOO_MANY_ATTEMPTS'

/**
 * A failure with a stable code and data. Messages are for people and name the thing at fault; programs read `code`.
 */
export class DomainError extends Error {
  override readonly name: string = 'DomainError'
  readonly code: DomainErrorCode
  readonly data: Readonly<Record<string, unknown>>

  constructor(
    code: DomainErrorCode,
    message: string,
    data: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.data = data
  }
}

/** The thing addressed does not exist (or may not be known to exist). */
export function notFound(what: string, id: string): DomainError {
  return new DomainError('NOT_FOUND', `No ${what} has the identifier ${id}`, { what, id })
}

/** The request is well-formed, but its data cannot be taken: `field` names the culprit. */
export function invalid(message: string, field?: string): DomainError {
  return new DomainError('INVALID', message, field === undefined ? {} : { field })
}

/** What is wanted does not go together with what there is: `field` names the culprit. */
export function conflict(message: string, field: string): DomainError {
  return new DomainError('CONFLICT', message, { field })
}

/** Something that the request refers to (a parent, a URI in a list) does not exist or is of the wrong kind. */
export function badReference(message: string, reference: string): DomainError {
  return new DomainError('REFERENCE_INVALID', message, { reference })
}

/** Thrown when a record changed after the caller read it. */
export function versionConflict(
  id: string,
  expected: number | readonly number[],
  actual: number | null,
): DomainError {
  const wanted = typeof expected === 'number' ? expected : expected.join(' or ')
  return new DomainError(
    'VERSION_CONFLICT',
    `Version ${wanted} of ${id} was expected, found ${actual ?? 'another'}`,
    {
      id,
      expected,
      actual,
    },
  )
}
