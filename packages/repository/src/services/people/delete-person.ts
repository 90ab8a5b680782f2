import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { requireAdministratorLeft } from './require-administrator-left.ts'

/**
 * Deletes a person with memberships and rights; what the person submitted stays. For administrators.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `VERSION_CONFLICT`, `INVALID` for the last administrator
 */
export function deletePerson(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, input: { id: string; expected: ExpectedVersion }): Promise<void> => {
    requireAdministrator(actor, { kind: 'person', id: input.id })
    await deps.unitOfWork(async (tx) => {
      const person = await tx.people.find(input.id)
      if (person === undefined) throw notFound('person', input.id)
      requireVersion(person, input.expected)
      await tx.people.delete(person.id)
      await requireAdministratorLeft(tx)
    })
  }
}
