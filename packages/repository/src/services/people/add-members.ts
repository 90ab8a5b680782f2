import type { Actor } from '../../domain/access/actor.ts'
import { badReference } from '../../domain/errors.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { findManagedGroup } from './find-managed-group.ts'

/**
 * Puts people into a group; who is in it already does not matter (RestContract epersongroups.md, "Add an EPerson to a
 * parent Group").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `REFERENCE_INVALID` when somebody does not exist
 */
export function addMembers(deps: { unitOfWork: UnitOfWork }) {
  return (actor: Actor, input: { groupId: string; personIds: readonly string[] }): Promise<void> =>
    deps.unitOfWork(async (tx) => {
      const group = await findManagedGroup(tx.groups, actor, input.groupId)
      const known = await tx.people.findAll(input.personIds)
      const unknown = input.personIds.find((id) => !known.has(id))
      if (unknown !== undefined) throw badReference(`Nobody has the identifier ${unknown}`, unknown)
      await tx.groups.addPeople(group.id, input.personIds)
    })
}
