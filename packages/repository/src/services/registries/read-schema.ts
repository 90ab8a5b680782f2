import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { MetadataSchema } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Reads a metadata schema. Open to everybody.
 *
 * @throws DomainError `NOT_FOUND`
 */
export function readSchema(deps: { reading: Pick<Reading, 'schemas'> }) {
  return async (_actor: Actor, id: number): Promise<MetadataSchema> => {
    const schema = await deps.reading.schemas.find(id)
    if (schema === undefined) throw notFound('metadata schema', String(id))
    return schema
  }
}
