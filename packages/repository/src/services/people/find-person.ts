import type { Actor } from '../../domain/access/actor.ts'
import type { Person } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAccountManager } from './may-manage-accounts.ts'

/**
 * The person with an e-mail address, in any case of letters; for those who manage accounts (RestContract epersons.md,
 * "byEmail").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function findPerson(deps: { reading: Pick<Reading, 'people'> }) {
  return async (actor: Actor, input: { email: string }): Promise<Person | undefined> => {
    requireAccountManager(actor, 'person')
    return deps.reading.people.byEmail(input.email.trim())
  }
}
