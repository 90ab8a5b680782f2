import type { Actor } from '../../domain/access/actor.ts'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { findResource } from './find-resource.ts'
import { requireAdminScope, requireAllowed, requireSignedIn } from './require-allowed.ts'

/**
 * Reads a policy: for the people that it names, by their groups too, and those who administer the resource
 * (RestContract resourcepolicies.md, "Single Resource Policy").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readPolicy(deps: { reading: Reading; clock: Clock }) {
  return async (actor: Actor, id: number): Promise<ResourcePolicy> => {
    const what = { kind: 'policy', id: String(id) }
    requireSignedIn(actor, what)
    requireAdminScope(actor, what)
    const policy = await deps.reading.policies.find(id)
    if (policy === undefined) throw notFound('policy', String(id))
    const { groupId, personId, resourceId } = policy
    const isMeant = groupId === null ? personId === actor.personId : actor.groupIds.includes(groupId)
    if (isMeant || actor.isAdministrator) return policy
    const { access, value } = await findResource(deps.reading, resourceId)
    requireAllowed(actor, 'ADMIN', access, dayOf(deps.clock()), value)
    return policy
  }
}
