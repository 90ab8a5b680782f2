import type { Actor } from '../../domain/access/actor.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import { fieldName } from '../../domain/registries/field-name.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireUnused } from './require-unused.ts'

/** Schemas that the system itself writes to. */
const NEEDED = ['dc', 'dspace', 'eperson']

/**
 * Deletes a metadata schema with its fields, when no record has values in them. For administrators.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `INVALID` for a schema that the system needs,
 * `CONFLICT` when one of its fields is in use
 */
export function deleteSchema(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, id: number): Promise<void> => {
    requireAdministrator(actor, { kind: 'metadata schema', id: String(id) })
    await deps.unitOfWork(async (tx) => {
      const schema = await tx.schemas.find(id)
      if (schema === undefined) throw notFound('metadata schema', String(id))
      if (NEEDED.includes(schema.prefix)) throw invalid(`The schema ${schema.prefix} is needed`, 'prefix')
      const fields = await tx.fields.ofSchema(id)
      await requireUnused(tx.fields, fields.map(fieldName))
      await tx.schemas.delete(id)
    })
  }
}
