import type { Actor } from '../../domain/access/actor.ts'
import type { Grantee, NewPolicy, ResourcePolicy } from '../../domain/access/policy.ts'
import { requirePeriod, type PolicyTerms } from '../../domain/access/policy-terms.ts'
import type { Clock } from '../../domain/clock.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { findAdministeredResource } from './administered-resource.ts'
import { requireGrantee } from './find-grantee.ts'
import { touchResource } from './touch-resource.ts'

/** What is to be permitted to whom. A policy is a `custom` one unless said otherwise. */
export type Grant = Partial<PolicyTerms> & Pick<NewPolicy, 'resourceId' | 'action'> & { readonly to: Grantee }

/**
 * Permits somebody to do something to a resource, for those who administer it (RestContract resourcepolicies.md,
 * "Creating a resource policy").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field` for a bad day or a period that
 * ends before it begins, `REFERENCE_INVALID` for an unknown person or group
 */
export function grantPolicy({ unitOfWork, clock }: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (actor: Actor, { to, ...grant }: Grant): Promise<ResourcePolicy> =>
    unitOfWork(async (tx) => {
      const now = clock()
      const resource = await findAdministeredResource(tx, actor, grant.resourceId, now)
      const wanted: NewPolicy = { ...DEFAULTS, ...grant, ...to }
      requirePeriod(wanted)
      await requireGrantee(tx, to)
      const [policy] = await tx.policies.insert([wanted])
      if (policy === undefined) throw new Error('A policy was inserted and did not come back')
      await touchResource(tx, resource, now)
      return policy
    })
}

const DEFAULTS = {
  personId: null,
  groupId: null,
  startDate: null,
  endDate: null,
  name: null,
  description: null,
  origin: 'custom',
} as const
