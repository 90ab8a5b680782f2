import type { Actor } from '../../domain/access/actor.ts'
import type { Action, PolicyOrigin, ResourcePolicy } from '../../domain/access/policy.ts'
import { dayOf, isDay, type Clock } from '../../domain/clock.ts'
import { badReference, invalid } from '../../domain/errors.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { findResource } from './find-resource.ts'
import { requireAdminScope, requireAllowed } from './require-allowed.ts'

/** What is to be permitted to whom. */
export interface Grant {
  readonly resourceId: string
  readonly action: Action
  readonly to: { readonly personId: string } | { readonly groupId: string }
  /** First day of validity, `YYYY-MM-DD`. */
  readonly startDate?: string | null
  /** Last day of validity, `YYYY-MM-DD`, not before the first. */
  readonly endDate?: string | null
  readonly name?: string | null
  readonly description?: string | null
  /** `custom` unless said otherwise. */
  readonly origin?: PolicyOrigin
}

/**
 * Permits somebody to do something to a resource, for those who administer it (RestContract resourcepolicies.md,
 * "Creating a resource policy").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field` for a bad day or a period that
 * ends before it begins, `REFERENCE_INVALID` for an unknown person or group
 */
export function grantPolicy(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (actor: Actor, grant: Grant): Promise<ResourcePolicy> =>
    deps.unitOfWork(async (tx) => {
      const { value, access } = await findResource(tx, grant.resourceId)
      requireAdminScope(actor, value)
      requireAllowed(actor, 'ADMIN', access, dayOf(deps.clock()), value)
      const period = { startDate: grant.startDate ?? null, endDate: grant.endDate ?? null }
      requirePeriod(period)
      await requireGrantee(tx, grant.to)
      const [policy] = await tx.policies.insert([
        {
          resourceId: value.id,
          action: grant.action,
          personId: null,
          groupId: null,
          ...grant.to,
          ...period,
          name: grant.name ?? null,
          description: grant.description ?? null,
          origin: grant.origin ?? 'custom',
        },
      ])
      if (policy === undefined) throw new Error('A policy was inserted and did not come back')
      return policy
    })
}

function requirePeriod(period: { startDate: string | null; endDate: string | null }): void {
  for (const field of ['startDate', 'endDate'] as const) {
    const day = period[field]
    if (day !== null && !isDay(day)) throw invalid(`${day} is no day (YYYY-MM-DD)`, field)
  }
  const { startDate, endDate } = period
  // ISO days compare as text.
  if (startDate !== null && endDate !== null && startDate > endDate) {
    throw invalid(`The period ends on ${endDate}, before it begins on ${startDate}`, 'endDate')
  }
}

async function requireGrantee(tx: Transaction, to: Grant['to']): Promise<void> {
  if ('personId' in to) {
    const person = await tx.people.find(to.personId)
    if (person === undefined) throw badReference(`No person has the identifier ${to.personId}`, to.personId)
    return
  }
  const group = await tx.groups.find(to.groupId)
  if (group === undefined) throw badReference(`No group has the identifier ${to.groupId}`, to.groupId)
}
