import { randomUUID } from 'node:crypto'
import type { Person } from '../records/record.ts'

/** An account as it begins: it may log in, and says nothing of its person but what is given. */
export function newPerson(
  given: Pick<Person, 'email' | 'createdAt'> & Partial<Omit<Person, 'kind' | 'version' | 'modifiedAt'>>,
): Person {
  return {
    kind: 'person',
    id: randomUUID(),
    netid: null,
    canLogIn: true,
    requireCertificate: false,
    selfRegistered: false,
    lastActive: null,
    metadata: {},
    version: 1,
    modifiedAt: given.createdAt,
    ...given,
  }
}
