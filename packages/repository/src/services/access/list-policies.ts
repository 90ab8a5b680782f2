import type { Actor } from '../../domain/access/actor.ts'
import type { Action, ResourcePolicy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { findResource } from './find-resource.ts'
import { requireAdminScope, requireAllowed } from './require-allowed.ts'

/**
 * All policies on a resource, the oldest first, for those who administer it (RestContract resourcepolicies.md,
 * "resource"). They are few, so they come in one piece.
 *
 * @param input.action only policies for it
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function listPolicies(deps: { reading: Reading; clock: Clock }) {
  return async (
    actor: Actor,
    input: { resourceId: string; action?: Action },
  ): Promise<readonly ResourcePolicy[]> => {
    const { value, access } = await findResource(deps.reading, input.resourceId)
    requireAdminScope(actor, value)
    requireAllowed(actor, 'ADMIN', access, dayOf(deps.clock()), value)
    const policies = await deps.reading.policies.ofResources([value.id])
    return input.action === undefined ? policies : policies.filter((policy) => policy.action === input.action)
  }
}
