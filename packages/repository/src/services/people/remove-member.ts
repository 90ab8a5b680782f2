import type { Actor } from '../../domain/access/actor.ts'
import { badReference } from '../../domain/errors.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { findManagedGroup } from './find-managed-group.ts'
import { requireAdministratorLeft } from './require-administrator-left.ts'

/**
 * Takes somebody out of a group; nothing happens when the person was not in it (RestContract epersongroups.md, "Remove an
 * EPerson from a parent Group").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `REFERENCE_INVALID` when there is no such person, `INVALID` for the
 * last administrator
 */
export function removeMember(deps: { unitOfWork: UnitOfWork }) {
  return (actor: Actor, input: { groupId: string; personId: string }): Promise<void> =>
    deps.unitOfWork(async (tx) => {
      const group = await findManagedGroup(tx.groups, actor, input.groupId)
      if ((await tx.people.find(input.personId)) === undefined) {
        throw badReference(`Nobody has the identifier ${input.personId}`, input.personId)
      }
      await tx.groups.removePerson(group.id, input.personId)
      await requireAdministratorLeft(tx)
    })
}
