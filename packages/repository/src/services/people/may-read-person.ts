import type { Actor } from '../../domain/access/actor.ts'
import { refusal } from '../access/require-allowed.ts'
import { mayManageAccounts } from './may-manage-accounts.ts'

/** Whether an actor may see a person: oneself, and whoever manages accounts. */
export function mayReadPerson(actor: Actor, personId: string): boolean {
  return actor.personId === personId || mayManageAccounts(actor)
}

/**
 * Refuses those who may not see a person.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function requireMayReadPerson(actor: Actor, personId: string): void {
  if (!mayReadPerson(actor, personId)) throw refusal(actor, 'READ', { kind: 'person', id: personId })
}
