import type { Actor } from '../../domain/access/actor.ts'
import { refusal } from '../access/require-allowed.ts'
import { mayManageAccounts } from './may-manage-accounts.ts'

/**
 * Whether an actor may see a group: its members, those to whom the way of signing in gave it, and whoever manages
 * accounts. Visitors who have not signed in are members of Anonymous, but do not see it, as in the original.
 */
export function mayReadGroup(actor: Actor, groupId: string): boolean {
  return (
    mayManageAccounts(actor) ||
    actor.specialGroupIds.includes(groupId) ||
    (actor.personId !== null && actor.groupIds.includes(groupId))
  )
}

/**
 * Refuses those who may not see a group.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function requireMayReadGroup(actor: Actor, groupId: string): void {
  if (!mayReadGroup(actor, groupId)) throw refusal(actor, 'READ', { kind: 'group', id: groupId })
}
