import type { Collection } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import { embedOne, type ResourceType } from '../hal/resource.ts'

const idOf = (collection: Collection) => collection.id

/** Collections (RestContract collections.md, "Single Collection"). */
export const collectionResource: ResourceType<Collection> = {
  type: 'collection',
  plural: 'collections',
  id: idOf,
  path: (collection) => `core/collections/${collection.id}`,
  version: (collection) => collection.version,
  properties: (collection, view) => ({
    ...recordProperties(collection, view, { handle: collection.handle }),
    archivedItemsCount: -1,
    type: 'collection',
    uniqueType: 'core.collection',
  }),
  links: [
    { name: 'adminGroup' },
    { name: 'bitstreamReadGroup' },
    { name: 'itemReadGroup' },
    { name: 'itemtemplate' },
    { name: 'license' },
    {
      name: 'logo',
      embed: embedOne(
        'bitstream',
        idOf,
        (collection: Collection) => collection.logoId,
        (view, ids) => view.related.bitstreams(ids),
      ),
    },
    { name: 'mappedItems' },
    {
      name: 'parentCommunity',
      embed: embedOne(
        'community',
        idOf,
        (collection: Collection) => collection.parentId,
        (view, ids) => view.related.communities(ids),
      ),
    },
    { name: 'submittersGroup' },
  ],
}
