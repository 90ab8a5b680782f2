import type { Actor } from '../../domain/access/actor.ts'
import { badReference } from '../../domain/errors.ts'
import type { MetadataField } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireNamePart } from './require-name-part.ts'

export interface NewField {
  readonly schemaId: number
  readonly element: string
  /** A blank one is none. */
  readonly qualifier?: string | null
  readonly scopeNote?: string | null
}

/**
 * Adds a field to a metadata schema; for administrators (RestContract metadatafields.md, "Creating a Metadata Field").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `REFERENCE_INVALID` without such a schema, `INVALID` with `field`,
 * `CONFLICT` when the schema has such a field
 */
export function createField(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, input: NewField): Promise<MetadataField> => {
    requireAdministrator(actor, { kind: 'metadata field', id: null })
    const qualifier = input.qualifier?.trim() ? input.qualifier : null
    requireNamePart(input.element, 'element')
    if (qualifier !== null) requireNamePart(qualifier, 'qualifier')
    return deps.unitOfWork(async (tx) => {
      const schema = await tx.schemas.find(input.schemaId)
      if (schema === undefined) {
        const id = String(input.schemaId)
        throw badReference(`No metadata schema has the identifier ${id}`, id)
      }
      return tx.fields.insert({ ...input, qualifier, scopeNote: input.scopeNote ?? null })
    })
  }
}
