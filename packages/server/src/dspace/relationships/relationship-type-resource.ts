import type { EntityType, RelationshipType } from '@hexapla/repository'
import { resource, type Link, type ResourceType } from '../hal/resource.ts'

const idOf = (type: RelationshipType) => String(type.id)

/** Types of relationships (RestContract relationshiptypes.md). */
export const relationshipTypeResource: ResourceType<RelationshipType> = {
  type: 'relationshiptype',
  plural: 'relationshiptypes',
  id: idOf,
  path: (type) => `core/relationshiptypes/${type.id}`,
  properties: (type) => ({
    id: type.id,
    leftwardType: type.leftwardType,
    rightwardType: type.rightwardType,
    copyToLeft: type.copyToLeft,
    copyToRight: type.copyToRight,
    leftMinCardinality: type.leftCardinality.min,
    leftMaxCardinality: type.leftCardinality.max,
    rightMinCardinality: type.rightCardinality.min,
    rightMaxCardinality: type.rightCardinality.max,
    type: 'relationshiptype',
    uniqueType: 'core.relationshiptype',
  }),
  links: [entityLink('leftType', (type) => type.leftType), entityLink('rightType', (type) => type.rightType)],
}

/** A link to an entity type, which is known with the type of relationship. */
function entityLink(
  name: string,
  entityTypeOf: (type: RelationshipType) => EntityType,
): Link<RelationshipType> {
  return {
    name,
    path: (type) => `core/entitytypes/${entityTypeOf(type).id}`,
    embed: {
      kind: 'one',
      load: (view, types) =>
        Promise.resolve(
          new Map(types.map((type) => [idOf(type), resource(view.types.entityType, entityTypeOf(type))])),
        ),
    },
  }
}
