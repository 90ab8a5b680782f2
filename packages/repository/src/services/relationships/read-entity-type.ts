import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { EntityType } from '../../domain/relationships/relationship.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

interface Deps {
  readonly reading: Pick<Reading, 'entityModel'>
}

/**
 * Reads an entity type. Open to everybody.
 *
 * @throws DomainError `NOT_FOUND`
 */
export function readEntityType({ reading }: Deps) {
  return async (_actor: Actor, id: number): Promise<EntityType> => {
    const type = await reading.entityModel.entityType(id)
    if (type === undefined) throw notFound('entity type', String(id))
    return type
  }
}

/**
 * The entity type of a label. Open to everybody.
 *
 * @throws DomainError `NOT_FOUND`
 */
export function findEntityType({ reading }: Deps) {
  return async (_actor: Actor, label: string): Promise<EntityType> => {
    const type = await reading.entityModel.entityTypeOf(label)
    if (type === undefined) throw notFound('entity type', label)
    return type
  }
}
