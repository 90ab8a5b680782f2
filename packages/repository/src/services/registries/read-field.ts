import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { MetadataField } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Reads a metadata field. Open to everybody.
 *
 * @throws DomainError `NOT_FOUND`
 */
export function readField(deps: { reading: Pick<Reading, 'fields'> }) {
  return async (_actor: Actor, id: number): Promise<MetadataField> => {
    const field = await deps.reading.fields.find(id)
    if (field === undefined) throw notFound('metadata field', String(id))
    return field
  }
}
