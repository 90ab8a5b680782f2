import {
  BitstreamDocument,
  BitstreamFormatDocument,
  BundleDocument,
  CollectionDocument,
  CommunityDocument,
  DSpaceObjectDocument,
  EntityTypeDocument,
  GroupDocument,
  HalList,
  HalResource,
  ItemDocument,
  MetadataDocument,
  MetadataFieldDocument,
  MetadataSchemaDocument,
  PersonDocument,
  PolicyDocument,
  RelationshipDocument,
  RelationshipTypeDocument,
} from '@hexapla/contract'
import { HARVEST_FORMATS, HARVEST_TYPES } from '@hexapla/repository'
import type { JsonSchema } from '@hexapla/rest'
import type { Records } from '../hal/resource-types.ts'
import { resourceTypes } from '../resource-types.ts'

/** The document of each kind of record. */
const RECORDS = {
  bitstream: BitstreamDocument,
  bundle: BundleDocument,
  collection: CollectionDocument,
  community: CommunityDocument,
  entityType: EntityTypeDocument,
  field: MetadataFieldDocument,
  format: BitstreamFormatDocument,
  group: GroupDocument,
  item: ItemDocument,
  person: PersonDocument,
  policy: PolicyDocument,
  relationship: RelationshipDocument,
  relationshipType: RelationshipTypeDocument,
  schema: MetadataSchemaDocument,
  site: DSpaceObjectDocument,
  // It has no name of its own.
  template: HalResource,
} satisfies Record<keyof Records, object>

/** What a document may be of: a kind of record, or any other resource. */
export type Kind = keyof Records | 'resource'

/** Every schema that the description of the API refers to, by name. */
export const SCHEMAS: Readonly<Record<string, object>> = {
  resource: HalResource,
  list: HalList,
  metadata: MetadataDocument,
  /** What a client sends of a record: the rest of its document is passed over or must be as it is. */
  metadataOnly: {
    type: 'object',
    properties: { metadata: reference('metadata') },
  },
  searchResult: {
    type: 'object',
    properties: {
      type: { const: 'discover' },
      query: { type: ['string', 'null'] },
      scope: { type: ['string', 'null'] },
      _embedded: {
        type: 'object',
        properties: { searchResult: reference('list') },
        required: ['searchResult'],
      },
    },
    required: ['type', '_embedded'],
  },
  harvestSettings: {
    type: 'object',
    properties: {
      harvest_type: { enum: [...HARVEST_TYPES] },
      oai_source: { type: ['string', 'null'], format: 'uri' },
      oai_set_id: { type: ['string', 'null'] },
      metadata_config_id: { enum: [...HARVEST_FORMATS.map(({ id }) => id), null] },
    },
    required: ['harvest_type'],
  },
  policyTerms: {
    type: 'object',
    properties: {
      name: { type: ['string', 'null'] },
      description: { type: ['string', 'null'] },
      policyType: { type: 'string' },
      action: { type: 'string' },
      startDate: { type: ['string', 'null'], format: 'date' },
      endDate: { type: ['string', 'null'], format: 'date' },
    },
  },
  patch: {
    description: 'JSON Patch (RFC 6902)',
    type: 'array',
    items: {
      type: 'object',
      properties: {
        op: { enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
        path: { type: 'string' },
        from: { type: 'string' },
        value: {},
      },
      required: ['op', 'path'],
    },
  },
  ...RECORDS,
  ...Object.fromEntries(
    Object.entries(resourceTypes).map(([kind, { plural }]) => [
      `${kind}Page`,
      listOf(kind as keyof Records, plural),
    ]),
  ),
}

/** A schema by its name. */
export function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

/** A page of a list of one kind, by the name of its schema. */
export function pageOf(kind: Kind): JsonSchema {
  return reference(kind === 'resource' ? 'list' : `${kind}Page`)
}

/** A page of a list of one kind; `name` is that of the list. */
export function listOf(kind: keyof Records, name: string): JsonSchema {
  const elements = { type: 'array', items: reference(kind) }
  const embedded = { type: 'object', properties: { [name]: elements } }
  return { allOf: [reference('list'), { type: 'object', properties: { _embedded: embedded } }] }
}
