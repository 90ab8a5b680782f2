export { ErrorDocument } from './dspace/error.ts'
export { HalList, HalResource, Link, PageInfo } from './dspace/hal.ts'
export { MetadataDocument, MetadataValueDocument } from './dspace/metadata.ts'
export { EntityTypeDocument, RelationshipDocument, RelationshipTypeDocument } from './dspace/relationships.ts'
export {
  BitstreamDocument,
  BitstreamFormatDocument,
  BundleDocument,
  CollectionDocument,
  CommunityDocument,
  DSpaceObjectDocument,
  GroupDocument,
  ItemDocument,
  MetadataFieldDocument,
  MetadataSchemaDocument,
  PersonDocument,
  PolicyDocument,
} from './dspace/records.ts'
