import { firstValue, type Item } from '@hexapla/repository'
import { momentText } from '../hal/moment.ts'
import { recordProperties } from '../hal/record-properties.ts'
import {
  embedFound,
  embedMany,
  embedOne,
  embedView,
  resource,
  type Embed,
  type ResourceType,
} from '../hal/resource.ts'
import { accessStatusResource } from './access-status-resource.ts'
import { identifiersResource } from './identifiers-resource.ts'

const idOf = (item: Item) => item.id

const embedAccessStatus: Embed<Item> = {
  kind: 'one',
  async load(view, items) {
    const statuses = await view.related.accessStatusesOfItems(items.map(idOf))
    return new Map(
      [...statuses].map(([id, status]) => [
        id,
        resource(accessStatusResource, { place: `core/items/${id}`, status }),
      ]),
    )
  },
}

/** No item is a version of another: there is no versioning yet. */
const embedVersion: Embed<Item> = { kind: 'one', load: () => Promise.resolve(new Map()) }

/** Items (RestContract items.md, "Single Item"). */
export const itemResource: ResourceType<Item> = {
  type: 'item',
  plural: 'items',
  id: idOf,
  path: (item) => `core/items/${item.id}`,
  version: (item) => item.version,
  properties: (item, view) => ({
    ...recordProperties(item, view, { handle: item.handle }),
    inArchive: item.inArchive,
    discoverable: item.discoverable,
    withdrawn: item.withdrawn,
    lastModified: momentText(item.modifiedAt),
    entityType: firstValue(item.metadata, 'dspace.entity.type'),
    type: 'item',
    uniqueType: 'core.item',
  }),
  links: [
    { name: 'accessStatus', embed: embedAccessStatus },
    {
      name: 'bundles',
      embed: embedMany('bundle', idOf, (view, ids, size) => view.related.bundlesOf(ids, size)),
    },
    { name: 'identifiers', embed: embedView(identifiersResource) },
    {
      name: 'mappedCollections',
      embed: embedMany('collection', idOf, (view, ids, size) => view.related.mappedCollections(ids, size)),
    },
    {
      name: 'owningCollection',
      embed: embedOne(
        'collection',
        idOf,
        (item: Item) => item.owningCollectionId,
        (view, ids) => view.related.collections(ids),
      ),
    },
    {
      name: 'relationships',
      embed: embedMany('relationship', idOf, (view, ids, size) => view.related.relationshipsOf(ids, size)),
    },
    {
      name: 'submitter',
      embed: embedOne(
        'person',
        idOf,
        (item: Item) => item.submitterId,
        (view, ids) => view.related.people(ids),
      ),
    },
    {
      name: 'templateItemOf',
      embed: embedOne(
        'collection',
        idOf,
        (item: Item) => item.templateOfId,
        (view, ids) => view.related.collections(ids),
      ),
    },
    {
      name: 'thumbnail',
      embed: embedFound('bitstream', idOf, (view, ids) => view.related.thumbnailsOfItems(ids)),
    },
    { name: 'version', embed: embedVersion },
  ],
}
