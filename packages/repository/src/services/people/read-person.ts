import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { Person } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireMayReadPerson } from './may-read-person.ts'

/**
 * Reads a person: oneself; for those who manage accounts, anybody.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readPerson(deps: { reading: Pick<Reading, 'people'> }) {
  return async (actor: Actor, id: string): Promise<Person> => {
    requireMayReadPerson(actor, id)
    const person = await deps.reading.people.find(id)
    if (person === undefined) throw notFound('person', id)
    return person
  }
}
