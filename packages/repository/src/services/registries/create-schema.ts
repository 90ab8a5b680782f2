import type { Actor } from '../../domain/access/actor.ts'
import type { MetadataSchema } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireNamePart } from './require-name-part.ts'
import { requireNamespace } from './require-namespace.ts'

/**
 * Adds a metadata schema; for administrators (RestContract metadataschemas.md, "Creating a Metadata Schema").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field`, `CONFLICT` when prefix or namespace is taken
 */
export function createSchema(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, input: Omit<MetadataSchema, 'id'>): Promise<MetadataSchema> => {
    requireAdministrator(actor, { kind: 'metadata schema', id: null })
    requireNamePart(input.prefix, 'prefix')
    requireNamespace(input.namespace)
    return deps.unitOfWork((tx) => tx.schemas.insert(input))
  }
}
