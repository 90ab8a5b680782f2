import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid } from '../../domain/errors.ts'
import { firstValue } from '../../domain/metadata/metadata.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import {
  ENTITY_TYPE_FIELD,
  type Relationship,
  type RelationshipType,
} from '../../domain/relationships/relationship.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readItem } from '../items/read-item.ts'

interface Deps {
  readonly reading: Pick<Reading, 'entityModel' | 'items' | 'relationships'>
  readonly clock: Clock
}

/** Relationships by the name that they have on either side. */
export interface LabelQuery {
  readonly label: string
  /** Only those of this item, which has the others under that name. */
  readonly itemId?: string
  /** Only those with an item of this entity type at the other end; counts together with `itemId` only. */
  readonly relatedEntityType?: string
}

/**
 * Finds relationships by their name (RestContract relationships.md, "Relationships per Relationship type"), as far as
 * the actor may read them.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` for the item, `INVALID` when it is of no entity type
 */
export function findRelationshipsByLabel(deps: Deps) {
  return async (actor: Actor, query: LabelQuery, page: PageRequest): Promise<Page<Relationship>> => {
    const { entityModel, relationships } = deps.reading
    const grants = grantsOf(actor, 'READ', dayOf(deps.clock()))
    const types = [...(await entityModel.types()).values()]
    const { label, itemId, relatedEntityType } = query
    if (itemId === undefined) {
      const typeIds = ids(types.filter((type) => [type.leftwardType, type.rightwardType].includes(label)))
      return relationships.list({ grants, typeIds }, page)
    }
    const { metadata } = await readItem(deps)(actor, itemId)
    const entityType = firstValue(metadata, ENTITY_TYPE_FIELD)
    if (entityType === null || (await entityModel.entityTypeOf(entityType)) === undefined) {
      throw invalid(`The item ${itemId} is of no entity type`, 'dso')
    }
    const isWanted = ({ leftType, rightType }: RelationshipType) =>
      relatedEntityType === undefined ||
      (leftType.label === entityType && rightType.label === relatedEntityType) ||
      (rightType.label === entityType && leftType.label === relatedEntityType)
    const leftOf = ids(types.filter((type) => type.leftwardType === label && isWanted(type)))
    const rightOf = ids(types.filter((type) => type.rightwardType === label && isWanted(type)))
    return relationships.list({ grants, focus: { itemId, leftOf, rightOf } }, page)
  }
}

/** Relationships of one item with some others. */
export interface ItemsQuery {
  readonly typeId: number
  /** The name under which the item has the others. */
  readonly label: string
  readonly itemId: string
  readonly relatedIds: readonly string[]
}

/**
 * Finds out which of some items an item is related to (RestContract relationships.md, "Relationship involving specified
 * items"), as far as the actor may read it. An unknown type has no relationships.
 *
 * @throws DomainError `INVALID` when the type has another name, `SORT_UNKNOWN`
 */
export function findRelationshipsOfItems({ reading, clock }: Deps) {
  return async (actor: Actor, query: ItemsQuery, page: PageRequest): Promise<Page<Relationship>> => {
    const { typeId, label, itemId, relatedIds } = query
    const type = (await reading.entityModel.types()).get(typeId)
    if (type !== undefined && type.leftwardType !== label && type.rightwardType !== label) {
      throw invalid(`Relationships of the type ${typeId} are not called ${label}`, 'relationshipLabel')
    }
    const focus = {
      itemId,
      relatedIds,
      leftOf: type?.leftwardType === label ? [typeId] : [],
      rightOf: type?.rightwardType === label ? [typeId] : [],
    }
    return reading.relationships.list({ grants: grantsOf(actor, 'READ', dayOf(clock())), focus }, page)
  }
}

function ids(types: readonly RelationshipType[]): readonly number[] {
  return types.map(({ id }) => id)
}
