import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { RelationshipType } from '../../domain/relationships/relationship.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { findEntityType, readEntityType } from './read-entity-type.ts'

interface Deps {
  readonly reading: Pick<Reading, 'entityModel'>
}

/**
 * All types of relationships. Open to everybody.
 *
 * @throws DomainError `SORT_UNKNOWN`
 */
export function listRelationshipTypes({ reading }: Deps) {
  return (_actor: Actor, page: PageRequest): Promise<Page<RelationshipType>> =>
    reading.entityModel.listTypes({}, page)
}

/**
 * The types of relationships that items of an entity type may have.
 *
 * @param of the entity type, by its id or label
 * @throws DomainError `NOT_FOUND` without such an entity type, `SORT_UNKNOWN`
 */
export function listTypesOfEntity(deps: Deps) {
  return async (actor: Actor, of: number | string, page: PageRequest): Promise<Page<RelationshipType>> => {
    const { id } =
      typeof of === 'number' ? await readEntityType(deps)(actor, of) : await findEntityType(deps)(actor, of)
    return deps.reading.entityModel.listTypes({ entityTypeId: id }, page)
  }
}
