import type { Actor } from '../../domain/access/actor.ts'
import { badReference } from '../../domain/errors.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { findManagedGroup } from './find-managed-group.ts'

/**
 * Puts groups into a group: their members are members of it too (RestContract epersongroups.md, "Add a Group to a parent
 * Group").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `REFERENCE_INVALID` when one does not exist, `INVALID`
 * when a group would come to lie within itself
 */
export function addSubgroups(deps: { unitOfWork: UnitOfWork }) {
  return (actor: Actor, input: { groupId: string; subgroupIds: readonly string[] }): Promise<void> =>
    deps.unitOfWork(async (tx) => {
      const group = await findManagedGroup(tx.groups, actor, input.groupId)
      const known = await tx.groups.findAll(input.subgroupIds)
      const unknown = input.subgroupIds.find((id) => !known.has(id))
      if (unknown !== undefined) throw badReference(`No group has the identifier ${unknown}`, unknown)
      await tx.groups.addSubgroups(group.id, input.subgroupIds)
    })
}
