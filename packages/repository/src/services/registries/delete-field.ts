import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import { fieldName } from '../../domain/registries/field-name.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireUnused } from './require-unused.ts'

/**
 * Deletes a metadata field that no record has a value in; for administrators.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `CONFLICT` when it is in use
 */
export function deleteField(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, id: number): Promise<void> => {
    requireAdministrator(actor, { kind: 'metadata field', id: String(id) })
    await deps.unitOfWork(async (tx) => {
      const field = await tx.fields.find(id)
      if (field === undefined) throw notFound('metadata field', String(id))
      await requireUnused(tx.fields, [fieldName(field)])
      await tx.fields.delete(id)
    })
  }
}
