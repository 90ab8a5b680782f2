import type { Actor } from '../../domain/access/actor.ts'
import type { Grantee } from '../../domain/access/policy.ts'
import { invalid } from '../../domain/errors.ts'
import { changePolicy, type PolicyChangeDeps } from './change-policy.ts'
import { requireGrantee } from './find-grantee.ts'

/**
 * Names another person in a policy for a person, or another group in one for a group (RestContract resourcepolicies.md,
 * "Update eperson", "Update group").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`, `NOT_ALLOWED`, `INVALID` for a group in the place of a person and the
 * other way round, `REFERENCE_INVALID` for an unknown person or group
 */
export function changeGrantee(deps: PolicyChangeDeps) {
  return (actor: Actor, { id, to }: { id: number; to: Grantee }): Promise<void> =>
    changePolicy(deps, actor, id, async (tx, policy) => {
      const [wanted, present] = 'personId' in to ? ['person', policy.personId] : ['group', policy.groupId]
      if (present === null) throw invalid(`Policy ${id} names no ${wanted}`)
      await requireGrantee(tx, to)
      await tx.policies.update({ ...policy, ...to })
    })
}
