import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { requireAdministratorLeft } from './require-administrator-left.ts'
import { requireChangeableGroup } from './require-changeable-group.ts'

/**
 * Deletes a group with the rights that it had; its members stay. For administrators.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `VERSION_CONFLICT`, `INVALID` for a permanent group,
 * one with a role or the last administrators'
 */
export function deleteGroup(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, input: { id: string; expected: ExpectedVersion }): Promise<void> => {
    requireAdministrator(actor, { kind: 'group', id: input.id })
    await deps.unitOfWork(async (tx) => {
      const group = await tx.groups.find(input.id)
      if (group === undefined) throw notFound('group', input.id)
      requireVersion(group, input.expected)
      await requireChangeableGroup(tx.groups, group)
      await tx.groups.delete(group.id)
      await requireAdministratorLeft(tx)
    })
  }
}
