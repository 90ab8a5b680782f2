import { versionConflict } from '../domain/errors.ts'

/** The version that the caller has seen (`If-Match`), or that any will do. */
export type ExpectedVersion = number | 'any'

/**
 * Refuses to change a record that is not at the version expected.
 *
 * @throws DomainError `VERSION_CONFLICT`
 */
export function requireVersion(record: { id: string; version: number }, expected: ExpectedVersion): void {
  if (expected !== 'any' && expected !== record.version) {
    throw versionConflict(record.id, expected, record.version)
  }
}
