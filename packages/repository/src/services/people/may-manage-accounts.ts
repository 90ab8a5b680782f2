import type { Actor } from '../../domain/access/actor.ts'
import { reaches } from '../../domain/access/scope.ts'
import { refusal } from '../access/require-allowed.ts'

/**
 * Whether an actor may look for people and groups: administrators, and whoever administers some community or collection,
 * to put people into its groups (RestContract epersons.md and epersongroups.md, "Search methods").
 */
export function mayManageAccounts(actor: Actor): boolean {
  return reaches(actor, 'admin') && (actor.isAdministrator || actor.administers.length > 0)
}

/**
 * Refuses everybody else.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function requireAccountManager(actor: Actor, kind: 'person' | 'group'): void {
  if (!mayManageAccounts(actor)) throw refusal(actor, 'search', { kind, id: null })
}
