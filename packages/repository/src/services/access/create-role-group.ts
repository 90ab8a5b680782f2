import { randomUUID } from 'node:crypto'
import { ANONYMOUS_GROUP, type Actor } from '../../domain/access/actor.ts'
import { hasRole, ROLE_RULES, roleGroupName, type ContainerRole } from '../../domain/access/container-role.ts'
import { groupPolicy, type Policy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Group } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { findContainer } from './find-container.ts'
import type { RoleInput } from './read-role-group.ts'
import { requireAdminScope, requireAllowed } from './require-allowed.ts'

/**
 * Creates the group that holds a role in a community or collection and gives it what the role permits, for those who
 * administer the community or collection. The group's name says what it is for; nobody chooses it.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `FIELD_UNKNOWN`, `INVALID` when a group holds the
 * role already, the kind of container has no such role, or the metadata bring a `dc.title`
 */
export function createRoleGroup(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (actor: Actor, { of, role, metadata }: RoleInput & { metadata: Metadata }): Promise<Group> =>
    deps.unitOfWork(async (tx) => {
      const now = deps.clock()
      const { access } = await findContainer(tx, of)
      requireAdminScope(actor, of)
      requireAllowed(actor, 'ADMIN', access, dayOf(now), of)
      if (!hasRole(of.kind, role)) throw invalid(`A ${of.kind} has no role ${role}`, 'role')
      const holder = await tx.groups.roleGroup(of.id, role)
      if (holder !== undefined || isGivenAway(role, access.policies)) {
        throw invalid(`A group has the role ${role} already`, 'role')
      }
      if (metadata['dc.title'] !== undefined) throw invalid('The name of this group is given', 'dc.title')
      await requireKnownMetadata(tx.fields, metadata)

      const group: Group = {
        kind: 'group',
        id: randomUUID(),
        name: roleGroupName(of, role),
        permanent: false,
        metadata,
        version: 1,
        createdAt: now,
        modifiedAt: now,
      }
      await tx.groups.insert(group)
      await tx.groups.setRole(of.id, role, group.id)
      const { action, replacesAnonymous } = ROLE_RULES[role]
      if (replacesAnonymous) await tx.policies.remove([of.id], { action, groupId: ANONYMOUS_GROUP })
      await tx.policies.insert([groupPolicy(of.id, action, group.id)])
      return group
    })
}

/** Whether a default right is some other group's, by a policy without a role: a role group would not be the only one. */
function isGivenAway(role: ContainerRole, policies: readonly Policy[]): boolean {
  const { action, replacesAnonymous } = ROLE_RULES[role]
  return (
    replacesAnonymous &&
    policies.some(
      ({ action: given, groupId }) => given === action && groupId !== null && groupId !== ANONYMOUS_GROUP,
    )
  )
}
