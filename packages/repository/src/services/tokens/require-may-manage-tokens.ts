import type { Actor } from '../../domain/access/actor.ts'
import { refusal, requireAdminScope, type Touched } from '../access/require-allowed.ts'

/**
 * Refuses everybody but the person whose tokens they are, and administrators; and tokens of a lesser scope than `admin`.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function requireMayManageTokens(actor: Actor, personId: string, what: Touched): void {
  if (actor.personId !== personId && !actor.isAdministrator) throw refusal(actor, 'manage', what)
  requireAdminScope(actor, what)
}
