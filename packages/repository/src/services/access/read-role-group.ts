import type { Actor } from '../../domain/access/actor.ts'
import {
  ROLE_RULES,
  type ContainerReference,
  type ContainerRole,
} from '../../domain/access/container-role.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Group } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { findContainer } from './find-container.ts'
import { requireAdminScope, requireAllowed } from './require-allowed.ts'

/** A community or collection, and which of its groups is meant. */
export interface RoleInput {
  readonly of: ContainerReference
  readonly role: ContainerRole
}

/**
 * The group that holds a role in a community or collection, for those who administer that. Without a group of its own
 * for `item_read` or `bitstream_read`, a collection answers with the group that may read by default, Anonymous as a
 * rule: the web client tells from it that there is none.
 *
 * @returns undefined when no group holds the role
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readRoleGroup(deps: {
  reading: Pick<Reading, 'communities' | 'collections' | 'groups'>
  clock: Clock
}) {
  return async (actor: Actor, { of, role }: RoleInput): Promise<Group | undefined> => {
    const { access } = await findContainer(deps.reading, of)
    requireAdminScope(actor, of)
    requireAllowed(actor, 'ADMIN', access, dayOf(deps.clock()), of)
    const own = await deps.reading.groups.roleGroup(of.id, role)
    const rule = ROLE_RULES[role]
    if (own !== undefined || !rule.replacesAnonymous) return own
    const byDefault = access.policies.find(
      (policy) => policy.action === rule.action && policy.groupId !== null,
    )?.groupId
    return typeof byDefault === 'string' ? deps.reading.groups.find(byDefault) : undefined
  }
}
