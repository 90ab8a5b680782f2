import type { Actor } from '../../domain/access/actor.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import type { MetadataField } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'

/**
 * Gives a metadata field another scope note; its name is stored with values and stays. For administrators (RestContract
 * metadatafields.md, "Updating a Metadata Field").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `INVALID` with `field` `element` or `qualifier`
 */
export function updateField(deps: { unitOfWork: UnitOfWork }) {
  return async (
    actor: Actor,
    input: Pick<MetadataField, 'id' | 'element' | 'qualifier' | 'scopeNote'>,
  ): Promise<MetadataField> => {
    requireAdministrator(actor, { kind: 'metadata field', id: String(input.id) })
    return deps.unitOfWork(async (tx) => {
      const field = await tx.fields.find(input.id)
      if (field === undefined) throw notFound('metadata field', String(input.id))
      if (input.element !== field.element) throw invalid('The element of a field stays', 'element')
      if (input.qualifier !== field.qualifier) throw invalid('The qualifier of a field stays', 'qualifier')
      const changed = { ...field, scopeNote: input.scopeNote }
      await tx.fields.update(changed)
      return changed
    })
  }
}
