import { WORKFLOW_ROLES, type Collection, type ContainerRole } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import { embedFound, embedMany, embedOne, embedView, type ResourceType } from '../hal/resource.ts'
import { licenseResource } from './license-resource.ts'

const idOf = (collection: Collection) => collection.id
const pathOf = (collection: Collection) => `core/collections/${collection.id}`

const embedGroup = (role: ContainerRole) =>
  embedFound('group', idOf, (view, ids) => view.related.roleGroups(role, ids))

/** Collections (RestContract collections.md, "Single Collection"). */
export const collectionResource: ResourceType<Collection> = {
  type: 'collection',
  plural: 'collections',
  id: idOf,
  path: pathOf,
  version: (collection) => collection.version,
  properties: (collection, view) => ({
    ...recordProperties(collection, view, { handle: collection.handle }),
    archivedItemsCount: -1,
    type: 'collection',
    uniqueType: 'core.collection',
  }),
  links: [
    { name: 'adminGroup', embed: embedGroup('admin') },
    { name: 'bitstreamReadGroup', embed: embedGroup('bitstream_read') },
    { name: 'defaultAccessConditions' },
    { name: 'itemReadGroup', embed: embedGroup('item_read') },
    {
      name: 'itemtemplate',
      embed: embedFound('template', idOf, (view, ids) => view.related.templatesOf(ids)),
    },
    { name: 'license', embed: embedView(licenseResource) },
    {
      name: 'logo',
      embed: embedOne(
        'bitstream',
        idOf,
        (collection: Collection) => collection.logoId,
        (view, ids) => view.related.bitstreams(ids),
      ),
    },
    {
      name: 'mappedItems',
      embed: embedMany('item', idOf, (view, ids, size) => view.related.mappedItems(ids, size)),
    },
    {
      name: 'parentCommunity',
      embed: embedOne(
        'community',
        idOf,
        (collection: Collection) => collection.parentId,
        (view, ids) => view.related.communities(ids),
      ),
    },
    { name: 'submittersGroup', embed: embedGroup('submit') },
    {
      name: 'workflowGroups',
      paths: (collection) =>
        WORKFLOW_ROLES.map((role) => ({ name: role, path: `${pathOf(collection)}/workflowGroups/${role}` })),
    },
  ],
}
