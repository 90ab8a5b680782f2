import type { Actor } from '../../domain/access/actor.ts'
import { badReference } from '../../domain/errors.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { findManagedGroup } from './find-managed-group.ts'
import { requireAdministratorLeft } from './require-administrator-left.ts'

/**
 * Takes a group out of a group; nothing happens when it was not in it (RestContract epersongroups.md, "Remove a Group from
 * a parent Group").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `REFERENCE_INVALID` when there is no such subgroup,
 * `INVALID` when nobody would be an administrator any more
 */
export function removeSubgroup(deps: { unitOfWork: UnitOfWork }) {
  return (actor: Actor, input: { groupId: string; subgroupId: string }): Promise<void> =>
    deps.unitOfWork(async (tx) => {
      const group = await findManagedGroup(tx.groups, actor, input.groupId)
      if ((await tx.groups.find(input.subgroupId)) === undefined) {
        throw badReference(`No group has the identifier ${input.subgroupId}`, input.subgroupId)
      }
      await tx.groups.removeSubgroup(group.id, input.subgroupId)
      await requireAdministratorLeft(tx)
    })
}
