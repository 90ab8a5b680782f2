import type { Relationship } from '@hexapla/repository'
import { embedOne, type Link, type ResourceType } from '../hal/resource.ts'

const idOf = (relationship: Relationship) => String(relationship.id)

/** Relationships of items (RestContract relationships.md). */
export const relationshipResource: ResourceType<Relationship> = {
  type: 'relationship',
  plural: 'relationships',
  id: idOf,
  path: (relationship) => `core/relationships/${relationship.id}`,
  version: (relationship) => relationship.version,
  properties: ({ id, leftPlace, rightPlace, leftwardValue, rightwardValue }) => ({
    id,
    leftPlace,
    rightPlace,
    // "omitted when it's null"
    ...(leftwardValue === null ? {} : { leftwardValue }),
    ...(rightwardValue === null ? {} : { rightwardValue }),
    type: 'relationship',
    uniqueType: 'core.relationship',
  }),
  links: [
    itemLink('leftItem', (relationship) => relationship.leftItemId),
    {
      name: 'relationshipType',
      embed: embedOne(
        'relationshipType',
        idOf,
        (relationship: Relationship) => relationship.typeId,
        (view, ids) => view.related.relationshipTypes(ids),
      ),
    },
    itemLink('rightItem', (relationship) => relationship.rightItemId),
  ],
}

function itemLink(name: string, itemOf: (relationship: Relationship) => string): Link<Relationship> {
  return {
    name,
    path: (relationship) => `core/items/${itemOf(relationship)}`,
    embed: embedOne('item', idOf, itemOf, (view, ids) => view.related.items(ids)),
  }
}
