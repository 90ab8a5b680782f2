import { sql, type Insertable, type Selectable } from 'kysely'
import type { Person } from '../../domain/records/record.ts'
import type { PersonTable } from '../schema.ts'

/** What a person is read as; what signing in needs stays out of it. */
export type PersonRow = Omit<Selectable<PersonTable>, 'password_hash' | 'session_id'>

/** The columns of {@link PersonRow}, of `person p`. */
export const PERSON_COLUMNS = sql.raw(
  [
    'id',
    'email',
    'netid',
    'can_log_in',
    'require_certificate',
    'self_registered',
    'last_active',
    'metadata',
    'version',
    'created_at',
    'modified_at',
  ]
    .map((column) => `p.${column}`)
    .join(', '),
)

export function toPerson(row: PersonRow): Person {
  return {
    kind: 'person',
    id: row.id,
    email: row.email,
    netid: row.netid,
    canLogIn: row.can_log_in,
    requireCertificate: row.require_certificate,
    selfRegistered: row.self_registered,
    lastActive: row.last_active,
    metadata: row.metadata,
    version: row.version,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }
}

/** A person as a row; password and session have their own writes. */
export function toPersonRow(person: Person): Omit<Insertable<PersonTable>, 'password_hash' | 'session_id'> {
  return {
    id: person.id,
    email: person.email,
    netid: person.netid,
    can_log_in: person.canLogIn,
    require_certificate: person.requireCertificate,
    self_registered: person.selfRegistered,
    last_active: person.lastActive,
    metadata: JSON.stringify(person.metadata),
    version: person.version,
    created_at: person.createdAt,
    modified_at: person.modifiedAt,
  }
}
