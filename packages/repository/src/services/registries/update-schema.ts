import type { Actor } from '../../domain/access/actor.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import type { MetadataSchema } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireNamespace } from './require-namespace.ts'

/**
 * Gives a metadata schema another namespace; the prefix is part of stored field names and stays. For administrators
 * (RestContract metadataschemas.md, "Updating a Metadata Schema").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `INVALID` with `field`, `CONFLICT` when the namespace is
 * taken
 */
export function updateSchema(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, input: MetadataSchema): Promise<MetadataSchema> => {
    requireAdministrator(actor, { kind: 'metadata schema', id: String(input.id) })
    return deps.unitOfWork(async (tx) => {
      const schema = await tx.schemas.find(input.id)
      if (schema === undefined) throw notFound('metadata schema', String(input.id))
      if (input.prefix !== schema.prefix) throw invalid('The prefix of a schema stays', 'prefix')
      requireNamespace(input.namespace)
      const changed = { ...schema, namespace: input.namespace }
      await tx.schemas.update(changed)
      return changed
    })
  }
}
