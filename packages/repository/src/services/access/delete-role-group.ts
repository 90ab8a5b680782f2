import { ANONYMOUS_GROUP, type Actor } from '../../domain/access/actor.ts'
import { ROLE_RULES, type ContainerRole } from '../../domain/access/container-role.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { groupPolicy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid } from '../../domain/errors.ts'
import type { Collection, Community } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { findContainer } from './find-container.ts'
import type { RoleInput } from './read-role-group.ts'
import { requireAdministrator, requireAdminScope, requireAllowed } from './require-allowed.ts'

/**
 * Deletes the group that holds a role in a community or collection, with all that was granted to it; Anonymous comes
 * back where the group stood in its place. For those who administer the community or collection; its administrators'
 * group only for those who administer the community that it lies in.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` when no group of its own holds the role
 */
export function deleteRoleGroup(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (actor: Actor, { of, role }: RoleInput): Promise<void> =>
    deps.unitOfWork(async (tx) => {
      const container = await findContainer(tx, of)
      await requireMayDeleteGroup(tx, actor, container, role, dayOf(deps.clock()))
      const group = await tx.groups.roleGroup(of.id, role)
      if (group === undefined) throw invalid(`No group has the role ${role}`, 'role')
      await tx.groups.removeRole(of.id, role)
      await tx.groups.delete(group.id)
      const { action, replacesAnonymous } = ROLE_RULES[role]
      if (replacesAnonymous) await tx.policies.insert([groupPolicy(of.id, action, ANONYMOUS_GROUP)])
    })
}

async function requireMayDeleteGroup(
  tx: Transaction,
  actor: Actor,
  { value, access }: Guarded<Community | Collection>,
  role: ContainerRole,
  today: string,
): Promise<void> {
  requireAdminScope(actor, value)
  requireAllowed(actor, 'ADMIN', access, today, value)
  if (role !== 'admin') return
  if (value.parentId === null) {
    requireAdministrator(actor, value)
    return
  }
  const parent = await findContainer(tx, { kind: 'community', id: value.parentId })
  requireAllowed(actor, 'ADMIN', parent.access, today, parent.value)
}
