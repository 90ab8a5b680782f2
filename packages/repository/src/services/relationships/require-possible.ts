import { DomainError } from '../../domain/errors.ts'
import { firstValue, type Metadata } from '../../domain/metadata/metadata.ts'
import {
  ENTITY_TYPE_FIELD,
  type RelationshipEnd,
  type RelationshipType,
  type Side,
} from '../../domain/relationships/relationship.ts'

/**
 * Refuses an item that a type of relationship is not for on a side: it is of another entity type, or has as many of them
 * as it may (`isRelationshipValidToCreate` of the original).
 *
 * @param ends the item's relationships under the name that the type has on that side
 * @throws DomainError `RELATIONSHIP_INVALID`
 */
export function requirePossible(
  item: { readonly id: string; readonly metadata: Metadata },
  type: RelationshipType,
  side: Side,
  ends: readonly RelationshipEnd[],
): void {
  const { label } = side === 'left' ? type.leftType : type.rightType
  const entityType = firstValue(item.metadata, ENTITY_TYPE_FIELD)
  if (entityType !== label) {
    throw impossible(
      `The ${side} item of such a relationship is a ${label}, not ${entityType ?? 'without type'}`,
      {
        item: item.id,
        reason: 'entity-type',
      },
    )
  }
  const { max } = side === 'left' ? type.leftCardinality : type.rightCardinality
  if (max !== null && countOf(type, side, ends) >= max) {
    throw impossible(`The ${side} item may have ${max} such relationships, and has them`, {
      item: item.id,
      reason: 'max-cardinality',
    })
  }
}

/**
 * Refuses to take a relationship from an item that must keep it (`isRelationshipValidToDelete` of the original).
 *
 * @throws DomainError `RELATIONSHIP_INVALID`
 */
export function requireSpare(
  itemId: string,
  type: RelationshipType,
  side: Side,
  ends: readonly RelationshipEnd[],
): void {
  const { min } = side === 'left' ? type.leftCardinality : type.rightCardinality
  if (min !== null && min > 0 && countOf(type, side, ends) <= min) {
    throw impossible(`The ${side} item must keep ${min} such relationships`, {
      item: itemId,
      reason: 'min-cardinality',
    })
  }
}

function countOf(type: RelationshipType, side: Side, ends: readonly RelationshipEnd[]): number {
  return ends.filter((end) => end.typeId === type.id && end.side === side).length
}

function impossible(message: string, data: Record<string, unknown>): DomainError {
  return new DomainError('RELATIONSHIP_INVALID', message, data)
}
