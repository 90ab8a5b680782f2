import { creation, fieldDocument } from '../registries/field-handlers.ts'
import { formatDocument } from '../registries/format-handlers.ts'
import { schemaDocument } from '../registries/schema-handlers.ts'
import { relationshipDocument } from '../relationships/relationship-handlers.ts'
import type { ApiGroup } from './api-group.ts'
import {
  asked,
  change,
  create,
  needed,
  page,
  PATCH,
  query,
  read,
  remove,
  uris,
  uuidQuery,
} from './operations.ts'

const INTEGER = { type: 'integer', minimum: 0 }

/** Registries, external sources, entity types and relationships. */
export const REGISTRIES: readonly ApiGroup[] = [
  {
    name: 'registries',
    description: 'Metadata schemas and fields, formats of files, the site',
    operations: {
      'core/metadataschemas': {
        get: page('schema', 'All metadata schemas'),
        post: create('schema', 'A new metadata schema', { arguments: [schemaDocument] }),
      },
      'core/metadataschemas/:id': {
        get: read('schema', 'A metadata schema'),
        put: change('schema', 'Changes a metadata schema', { arguments: [schemaDocument] }),
        delete: remove('Deletes a metadata schema'),
      },
      'core/metadatafields': {
        get: page('field', 'All metadata fields'),
        post: create('field', 'A new metadata field', { arguments: [creation, fieldDocument] }),
      },
      'core/metadatafields/search': { get: read('resource', 'The searches there are') },
      'core/metadatafields/search/byFieldName': {
        get: page(
          'field',
          'Metadata fields by their names',
          query('schema', 'Prefix of the schema'),
          query('element', 'The element'),
          query('qualifier', 'The qualifier'),
          query('query', 'The beginning of schema, element or qualifier'),
          query('exactName', 'The whole name, as dc.title'),
        ),
      },
      'core/metadatafields/search/bySchema': {
        get: page('field', 'The metadata fields of a schema', needed('schema', 'Prefix of the schema')),
      },
      'core/metadatafields/:id': {
        get: read('field', 'A metadata field'),
        put: change('field', 'Changes a metadata field', { arguments: [fieldDocument] }),
        delete: remove('Deletes a metadata field'),
      },
      'core/metadatafields/:id/schema': { get: read('schema', 'The schema of a metadata field') },
      'core/bitstreamformats': {
        get: page('format', 'All formats of files'),
        post: create('format', 'A new format', { arguments: [formatDocument] }),
      },
      'core/bitstreamformats/:id': {
        get: read('format', 'A format'),
        put: change('format', 'Changes a format', { arguments: [formatDocument] }),
        delete: remove('Deletes a format'),
      },
      'config/harvestermetadata': {
        get: read('resource', 'The formats of metadata that can be harvested'),
      },
      'core/sites': { get: page('site', 'The site, as a list of one') },
      'core/sites/:id': {
        get: read('site', 'The site'),
        patch: change('site', 'Changes the metadata of the site', PATCH),
      },
    },
  },
  {
    name: 'external sources',
    description: 'Services of others that know metadata, where the configuration names any',
    operations: {
      'integration/externalsources': { get: page('resource', 'All external sources') },
      'integration/externalsources/search': { get: read('resource', 'The searches there are') },
      'integration/externalsources/search/findByEntityType': {
        get: page(
          'resource',
          'External sources that have entries of an entity type',
          needed('entityType', 'Its label'),
        ),
      },
      'integration/externalsources/:source': { get: read('resource', 'An external source') },
      'integration/externalsources/:source/entityTypes': {
        get: page('entityType', 'The entity types that the entries of a source are of'),
      },
      'integration/externalsources/:source/entries': {
        get: asked(page('resource', 'Searches an external source', needed('query', 'Words'))),
      },
      'integration/externalsources/:source/entryValues/:entryId': {
        get: asked(read('resource', 'An entry of an external source')),
      },
    },
  },
  {
    name: 'entities',
    description: 'Entity types, types of relationships, and relationships between items',
    operations: {
      'core/entitytypes': { get: page('entityType', 'All entity types') },
      'core/entitytypes/search': { get: read('resource', 'The searches there are') },
      'core/entitytypes/search/findAllByAuthorizedCollection': {
        get: page('entityType', 'Entity types of the collections that the caller may submit to'),
      },
      'core/entitytypes/search/findAllByAuthorizedExternalSource': {
        get: page('entityType', 'Entity types that external sources have, of collections to submit to'),
      },
      'core/entitytypes/label/:label': { get: read('entityType', 'An entity type by its label') },
      'core/entitytypes/:id': { get: read('entityType', 'An entity type') },
      'core/entitytypes/:id/relationshiptypes': {
        get: page('relationshipType', 'The types of relationships that an entity type can have'),
      },
      'core/relationshiptypes': { get: page('relationshipType', 'All types of relationships') },
      'core/relationshiptypes/search': { get: read('resource', 'The searches there are') },
      'core/relationshiptypes/search/byEntityType': {
        get: page(
          'relationshipType',
          'The types of relationships of an entity type',
          needed('type', 'Its label'),
        ),
      },
      'core/relationshiptypes/:id': { get: read('relationshipType', 'A type of relationships') },
      'core/relationships': {
        get: page('relationship', 'All relationships'),
        post: create(
          'relationship',
          'A new relationship',
          uris('The left item and the right item'),
          needed('relationshipType', 'Id of its type', INTEGER),
          query('leftwardValue', 'How the right item names the left one'),
          query('rightwardValue', 'How the left item names the right one'),
        ),
      },
      'core/relationships/search': { get: read('resource', 'The searches there are') },
      'core/relationships/search/byLabel': {
        get: page(
          'relationship',
          'Relationships by the label of one side',
          needed('label', 'As isAuthorOfPublication'),
          uuidQuery('dso', 'Only those of this item', false),
          query('relatedEntityType', 'Only with items of this entity type'),
        ),
      },
      'core/relationships/search/byItemsAndType': {
        get: page(
          'relationship',
          'Relationships of one type between an item and others',
          needed('typeId', 'Id of the type', INTEGER),
          needed('relationshipLabel', 'Label of the side of the item'),
          uuidQuery('focusItem', 'The item'),
          needed('relatedItem', 'The others', { type: 'array', items: { type: 'string' } }),
        ),
      },
      'core/relationships/:id': {
        get: read('relationship', 'A relationship'),
        put: change('relationship', 'Changes the places and names of a relationship', {
          arguments: [relationshipDocument],
        }),
        delete: remove(
          'Deletes a relationship',
          query('copyVirtualMetadata', 'Which items keep the metadata that it gave them', {
            schema: { enum: ['none', 'left', 'right', 'all', 'configured'], default: 'none' },
          }),
        ),
      },
      'core/relationships/:id/leftItem': {
        put: change('relationship', 'Puts another item on the left', uris('The item')),
      },
      'core/relationships/:id/rightItem': {
        put: change('relationship', 'Puts another item on the right', uris('The item')),
      },
      'core/relationships/:id/relationshipType': {
        get: read('relationshipType', 'The type of a relationship'),
      },
    },
  },
]
