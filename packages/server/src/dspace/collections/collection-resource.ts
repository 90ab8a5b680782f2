import { WORKFLOW_ROLES, type Collection, type ContainerRole } from '@hexapla/repository'
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
import { harvesterResource } from '../harvest/harvester-resource.ts'
import { licenseResource } from './license-resource.ts'

const idOf = (collection: Collection) => collection.id
const pathOf = (collection: Collection) => `core/collections/${collection.id}`

const embedGroup = (role: ContainerRole) =>
  embedFound('group', idOf, (view, ids) => view.related.roleGroups(role, ids))

const embedWorkflowGroups: Embed<Collection> = {
  kind: 'each',
  async load(view, collections) {
    const ids = collections.map(idOf)
    const holders = await Promise.all(WORKFLOW_ROLES.map((role) => view.related.roleGroups(role, ids)))
    return new Map(
      ids.map((id) => [
        id,
        holders.flatMap((groups) => groups.get(id) ?? []).map((group) => resource(view.types.group, group)),
      ]),
    )
  },
}

const embedHarvester: Embed<Collection> = {
  kind: 'one',
  async load(view, collections) {
    const harvests = await view.related.harvestsOf(collections.map(idOf))
    return new Map(
      [...harvests].map(([collectionId, harvest]) => [
        collectionId,
        resource(harvesterResource, { collectionId, harvest }),
      ]),
    )
  },
}

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
    {
      name: 'defaultAccessConditions',
      embed: embedMany('policy', idOf, (view, ids, size) =>
        view.related.defaultAccessConditionsOf(ids, size),
      ),
    },
    { name: 'harvester', embed: embedHarvester },
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
      embed: embedWorkflowGroups,
    },
  ],
}
