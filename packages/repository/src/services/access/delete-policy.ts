import type { Actor } from '../../domain/access/actor.ts'
import { changePolicy, type PolicyChangeDeps } from './change-policy.ts'

/**
 * Takes back what a policy permits (RestContract resourcepolicies.md, "Deleting a resource policy").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`, `NOT_ALLOWED`
 */
export function deletePolicy(deps: PolicyChangeDeps) {
  return (actor: Actor, id: number): Promise<void> =>
    changePolicy(deps, actor, id, (tx) => tx.policies.delete(id))
}
