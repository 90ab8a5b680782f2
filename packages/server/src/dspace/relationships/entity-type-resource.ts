import type { EntityType } from '@hexapla/repository'
import { embedMany, type ResourceType } from '../hal/resource.ts'

const idOf = (type: EntityType) => String(type.id)

/** Entity types (RestContract entitytypes.md). */
export const entityTypeResource: ResourceType<EntityType> = {
  type: 'entitytype',
  plural: 'entitytypes',
  id: idOf,
  path: (type) => `core/entitytypes/${type.id}`,
  properties: (type) => ({
    id: type.id,
    label: type.label,
    type: 'entitytype',
    uniqueType: 'core.entitytype',
  }),
  links: [
    {
      name: 'relationshiptypes',
      embed: embedMany('relationshipType', idOf, (view, ids, size) =>
        view.related.typesOfEntities(ids, size),
      ),
    },
  ],
}
