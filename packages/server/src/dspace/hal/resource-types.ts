import type {
  Bitstream,
  BitstreamFormat,
  Bundle,
  Collection,
  Community,
  EntityType,
  Group,
  Item,
  MetadataField,
  MetadataSchema,
  Person,
  Relationship,
  RelationshipType,
  ResourcePolicy,
  Site,
} from '@hexapla/repository'
import type { ResourceType } from './resource.ts'

/** Every kind of record that the dialect shows, by the name that embeds use for it. */
export interface Records {
  readonly bitstream: Bitstream
  readonly bundle: Bundle
  readonly collection: Collection
  readonly community: Community
  readonly entityType: EntityType
  readonly field: MetadataField
  readonly format: BitstreamFormat
  readonly group: Group
  readonly item: Item
  readonly person: Person
  readonly relationship: Relationship
  readonly relationshipType: RelationshipType
  readonly policy: ResourcePolicy
  readonly schema: MetadataSchema
  readonly site: Site
  /** An item that new ones start from. */
  readonly template: Item
}

/** How each kind looks. Kinds embed each other in circles, so they find each other here instead of by import. */
export type ResourceTypes = { readonly [Kind in keyof Records]: ResourceType<Records[Kind]> }
