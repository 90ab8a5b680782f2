import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { RelationshipType } from '../../domain/relationships/relationship.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Reads a type of relationship. Open to everybody.
 *
 * @throws DomainError `NOT_FOUND`
 */
export function readRelationshipType({ reading }: { reading: Pick<Reading, 'entityModel'> }) {
  return async (_actor: Actor, id: number): Promise<RelationshipType> => {
    const type = (await reading.entityModel.types()).get(id)
    if (type === undefined) throw notFound('relationship type', String(id))
    return type
  }
}
