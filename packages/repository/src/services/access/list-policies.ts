import type { Actor } from '../../domain/access/actor.ts'
import { names } from '../../domain/access/allows.ts'
import type { Action, Grantee, ResourcePolicy } from '../../domain/access/policy.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { findAdministeredResource } from './administered-resource.ts'
import { requireAdministrator, requireAdminScope, requireSignedIn } from './require-allowed.ts'

/**
 * The policies on a resource, the oldest first, for those who administer it (RestContract resourcepolicies.md,
 * "resource").
 *
 * @param input.action only policies for it
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listPolicies({ reading, clock }: { reading: Reading; clock: Clock }) {
  return async (
    actor: Actor,
    input: { resourceId: string; action?: Action },
    page: PageRequest,
  ): Promise<Page<ResourcePolicy>> => {
    await findAdministeredResource(reading, actor, input.resourceId, clock())
    return reading.policies.list(input, page)
  }
}

/**
 * The policies that name a person or a group, the oldest first: for oneself, for members of the group, and for
 * administrators (RestContract resourcepolicies.md, "eperson", "group").
 *
 * @param input.resourceId only policies on it
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listPoliciesOf({ reading }: { reading: Pick<Reading, 'policies'> }) {
  return async (
    actor: Actor,
    input: { to: Grantee; resourceId?: string },
    page: PageRequest,
  ): Promise<Page<ResourcePolicy>> => {
    const { to, ...query } = input
    const what = 'personId' in to ? { kind: 'person', id: to.personId } : { kind: 'group', id: to.groupId }
    requireSignedIn(actor, what)
    requireAdminScope(actor, what)
    if (!names({ personId: null, groupId: null, ...to }, actor)) requireAdministrator(actor, what)
    return reading.policies.list({ ...to, ...query }, page)
  }
}
