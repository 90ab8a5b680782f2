import { WORKFLOW_ROLES } from '@hexapla/repository'
import {
  act,
  asked,
  change,
  create,
  FILE,
  IF_MATCH,
  jsonBody,
  METADATA,
  METADATA_OR_ENTRY,
  needed,
  page,
  PATCH,
  query,
  read,
  readAny,
  remove,
  uris,
  uuidQuery,
} from './operations.ts'
import type { ApiGroup, Operations } from './api-group.ts'

const WORDS = query('query', 'Beginnings of words in the name')
const SEARCHES: Operations = { get: read('resource', 'The searches there are') }
const KEPT = query(
  'copyVirtualMetadata',
  'What related items keep of its metadata: none, all, configured, or ids of relationship types',
  { schema: { type: 'array', items: { type: 'string' } } },
)

function logo(of: string): Operations {
  return {
    get: readAny('bitstream', `The logo of a ${of}`),
    post: create('bitstream', `Gives a ${of} a logo`, FILE),
    put: create('bitstream', `Replaces the logo of a ${of}`, FILE),
    delete: act(`Removes the logo of a ${of}`),
  }
}

/** A group with a role in a community or collection. */
function roleGroup(who: string): Operations {
  return {
    get: readAny('group', `The group of ${who}`),
    post: create('group', `Makes the group of ${who}`, METADATA),
    delete: act(`Deletes the group of ${who}`),
  }
}

/** Communities, collections, items, bundles and files. */
export const CONTENT: readonly ApiGroup[] = [
  {
    name: 'communities',
    description: 'Communities and what is in them',
    operations: {
      'core/communities': {
        get: page('community', 'All communities'),
        post: create(
          'community',
          'A new community',
          METADATA,
          uuidQuery('parent', 'The one around it', false),
        ),
      },
      'core/communities/search': SEARCHES,
      'core/communities/search/top': { get: page('community', 'Communities that are in no other one') },
      'core/communities/search/findAdminAuthorized': {
        get: page('community', 'Communities that the caller administers', WORDS),
      },
      'core/communities/search/findEditAuthorized': {
        get: page('community', 'Communities that the caller may change', WORDS),
      },
      'core/communities/search/findAddAuthorized': {
        get: page('community', 'Communities that the caller may add to', WORDS),
      },
      'core/communities/:id': {
        get: read('community', 'A community'),
        put: change('community', 'Replaces the metadata of a community', METADATA),
        patch: change('community', 'Changes the metadata of a community', PATCH),
        delete: remove('Deletes a community with all that is in it'),
      },
      'core/communities/:id/subcommunities': { get: page('community', 'The communities in a community') },
      'core/communities/:id/collections': { get: page('collection', 'The collections in a community') },
      'core/communities/:id/parentCommunity': {
        get: readAny('community', 'The community around a community'),
      },
      'core/communities/:id/logo': logo('community'),
      'core/communities/:id/adminGroup': roleGroup('administrators of a community'),
    },
  },
  {
    name: 'collections',
    description: 'Collections, their groups and templates',
    operations: {
      'core/collections': {
        get: page('collection', 'All collections'),
        post: create('collection', 'A new collection', METADATA, uuidQuery('parent', 'Its community')),
      },
      'core/collections/search': SEARCHES,
      'core/collections/search/findSubmitAuthorized': {
        get: page('collection', 'Collections that the caller may submit to', WORDS),
      },
      'core/collections/search/findSubmitAuthorizedByEntityType': {
        get: page(
          'collection',
          'Collections for one entity type that the caller may submit to',
          WORDS,
          needed('entityType', 'Label of the type'),
        ),
      },
      'core/collections/search/findSubmitAuthorizedByCommunity': {
        get: page(
          'collection',
          'Collections of a community that the caller may submit to',
          WORDS,
          uuidQuery('uuid', 'The community'),
        ),
      },
      'core/collections/search/findSubmitAuthorizedByCommunityAndEntityType': {
        get: page(
          'collection',
          'Collections of a community for one entity type that the caller may submit to',
          WORDS,
          uuidQuery('uuid', 'The community'),
          needed('entityType', 'Label of the type'),
        ),
      },
      'core/collections/search/findAdminAuthorized': {
        get: page('collection', 'Collections that the caller administers', WORDS),
      },
      'core/collections/search/findEditAuthorized': {
        get: page('collection', 'Collections that the caller may change', WORDS),
      },
      'core/collections/:id': {
        get: read('collection', 'A collection'),
        put: change('collection', 'Replaces the metadata of a collection', METADATA),
        patch: change('collection', 'Changes the metadata of a collection', PATCH),
        delete: remove('Deletes a collection with its items'),
      },
      'core/collections/:id/defaultAccessConditions': {
        get: page('policy', 'The policies that new items of a collection get'),
      },
      'core/collections/:id/harvester': {
        get: read('resource', 'From where a collection is harvested'),
        put: change('resource', 'Changes from where a collection is harvested', jsonBody('harvestSettings')),
      },
      'core/collections/:id/itemtemplate': {
        get: readAny('template', 'What new items of a collection start from'),
        post: create('template', 'Gives a collection a template', METADATA),
      },
      'core/collections/:id/license': { get: read('resource', 'The licence of a collection') },
      'core/collections/:id/mappedItems': {
        get: page('item', 'Items of other collections shown in this one'),
      },
      'core/collections/:id/parentCommunity': { get: read('community', 'The community of a collection') },
      'core/collections/:id/logo': logo('collection'),
      'core/collections/:id/adminGroup': roleGroup('administrators of a collection'),
      'core/collections/:id/submittersGroup': roleGroup('submitters to a collection'),
      'core/collections/:id/itemReadGroup': roleGroup('readers of new items'),
      'core/collections/:id/bitstreamReadGroup': roleGroup('readers of new files'),
      ...Object.fromEntries(
        WORKFLOW_ROLES.map((role) => [
          `core/collections/:id/workflowGroups/${role}`,
          roleGroup(`the workflow role ${role}`),
        ]),
      ),
      'core/itemtemplates': {},
      'core/itemtemplates/:id': {
        get: read('template', 'A template'),
        patch: change('template', 'Changes the metadata of a template', PATCH),
        delete: remove('Deletes a template'),
      },
    },
  },
  {
    name: 'items',
    description: 'Items and what they are connected with',
    operations: {
      'core/items': {
        get: page('item', 'All archived items, for administrators'),
        post: asked(
          create(
            'item',
            'A new archived item, of a document or of an entry of an external source',
            METADATA_OR_ENTRY,
            uuidQuery('owningCollection', 'Its collection'),
          ),
        ),
      },
      'core/items/search': SEARCHES,
      'core/items/search/findEditAuthorized': {
        get: page('item', 'Items that the caller may change', WORDS),
      },
      'core/items/search/findByCustomURL': {
        get: read('item', 'An item by its uuid or custom URL', needed('q', 'Uuid or custom URL')),
      },
      'core/items/:id': {
        get: read('item', 'An item'),
        put: change('item', 'Replaces the metadata of an item', METADATA),
        patch: change('item', 'Changes an item: metadata, withdrawn, discoverable', PATCH),
        delete: remove('Deletes an item with its files', KEPT),
      },
      'core/items/:id/accessStatus': {
        get: read('resource', 'Whether everybody may read the files of an item'),
      },
      'core/items/:id/identifiers': { get: read('resource', 'The handle and other identifiers of an item') },
      'core/items/:id/mappedCollections': {
        get: page('collection', 'The further collections that show an item'),
        post: act('Shows an item in further collections', uris('Collections')),
      },
      'core/items/:id/mappedCollections/:collectionId': {
        delete: act('Shows an item no more in a collection'),
      },
      'core/items/:id/owningCollection': {
        get: readAny('collection', 'The collection of an item'),
        put: act(
          'Moves an item to another collection',
          uris('The collection'),
          IF_MATCH,
          query('inheritPolicies', 'The item gets the policies of its new collection', {
            schema: { type: 'boolean', default: false },
          }),
        ),
      },
      'core/items/:id/submitter': { get: readAny('person', 'Who submitted an item') },
      'core/items/:id/templateItemOf': {
        get: readAny('collection', 'The collection whose template this is'),
      },
      'core/items/:id/thumbnail': { get: readAny('bitstream', 'The picture that stands for an item') },
      'core/items/:id/version': { get: readAny('resource', 'The version of an item; there are none yet') },
      'core/items/:id/relationships': { get: page('relationship', 'The relationships of an item') },
      'core/items/:id/bundles': {
        get: page('bundle', 'The bundles of an item'),
        post: create('bundle', 'A new bundle', METADATA),
      },
    },
  },
  {
    name: 'files',
    description: 'Bundles, bitstreams and their content',
    operations: {
      'core/bundles': {},
      'core/bundles/:id': {
        get: read('bundle', 'A bundle'),
        patch: change('bundle', 'Changes the metadata of a bundle and the order of its files', PATCH),
        delete: remove('Deletes a bundle with its files'),
      },
      'core/bundles/:id/bitstreams': {
        get: page('bitstream', 'The files of a bundle'),
        post: create('bitstream', 'Uploads a file', FILE),
      },
      'core/bundles/:id/item': { get: read('item', 'The item of a bundle') },
      'core/bundles/:id/primaryBitstream': {
        get: readAny('bitstream', 'The file that stands for a bundle'),
        post: create('bundle', 'Says which file stands for a bundle', uris('The bitstream')),
        put: change('bundle', 'Says which other file stands for a bundle', uris('The bitstream')),
        delete: remove('No file stands for a bundle any more'),
      },
      'core/bitstreams': { patch: act('Deletes several files', PATCH) },
      'core/bitstreams/search': SEARCHES,
      'core/bitstreams/search/byItemHandle': {
        get: readAny(
          'bitstream',
          'A file of the item with a handle',
          needed('handle', 'Of the item'),
          query('sequence', 'Its sequence id', { schema: { type: 'integer', minimum: 0 } }),
          query('filename', 'Its name'),
        ),
      },
      'core/bitstreams/:id': {
        get: read('bitstream', 'A file, without its content'),
        patch: change('bitstream', 'Changes the metadata of a file', PATCH),
        delete: remove('Deletes a file'),
      },
      'core/bitstreams/:id/accessStatus': { get: read('resource', 'Whether everybody may read a file') },
      'core/bitstreams/:id/bundle': {
        get: readAny('bundle', 'The bundle of a file'),
        put: change('bundle', 'Moves a file to another bundle', uris('The bundle')),
      },
      'core/bitstreams/:id/content': {
        get: {
          summary: 'The content of a file, whole or in ranges',
          responses: {
            200: { description: 'The whole file', content: { '*/*': {} } },
            206: { description: 'The ranges asked for', content: { '*/*': {} } },
            304: { description: 'The caller has it' },
          },
          parameters: [{ name: 'Range', in: 'header', schema: { type: 'string' } }],
          security: [{}, { bearer: [] }, { download: [] }],
          failures: [401, 403, 404, 416],
        },
      },
      'core/bitstreams/:id/format': {
        get: read('format', 'The format of a file'),
        put: change('bitstream', 'Says which format a file has', uris('The format')),
      },
      'core/bitstreams/:id/thumbnail': { get: readAny('bitstream', 'The small picture of a file') },
    },
  },
]
