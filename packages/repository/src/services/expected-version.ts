import { versionConflict } from '../domain/errors.ts'

/** The version that the caller has seen, or several of which one will do (`If-Match`), or that any will do. */
export type ExpectedVersion = number | readonly number[] | 'any'

/**
 * Refuses to change a record that is not at the version expected.
 *
 * @throws DomainError `VERSION_CONFLICT`
 */
export function requireVersion(record: { id: string; version: number }, expected: ExpectedVersion): void {
  if (expected === 'any') return
  const versions = typeof expected === 'number' ? [expected] : expected
  if (!versions.includes(record.version)) throw versionConflict(record.id, versions, record.version)
}
