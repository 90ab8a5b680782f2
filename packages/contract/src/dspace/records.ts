import { Type, type Static } from 'typebox'
import { HalResource } from './hal.ts'
import { MetadataDocument } from './metadata.ts'

const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const NullableDay = Type.Union([Type.String({ pattern: '^\\d{4,}-\\d{2}-\\d{2}$' }), Type.Null()])
const NullableString = Type.Union([Type.String(), Type.Null()])

/** What communities, collections, items, bundles, files, people, groups and the site have in common. */
export const DSpaceObjectDocument = Type.Intersect([
  HalResource,
  Type.Object({
    id: Uuid,
    uuid: Uuid,
    name: Type.String(),
    handle: NullableString,
    metadata: MetadataDocument,
  }),
])
export type DSpaceObjectDocument = Static<typeof DSpaceObjectDocument>

/** RestContract communities.md */
export const CommunityDocument = Type.Intersect([
  DSpaceObjectDocument,
  Type.Object({ type: Type.Literal('community'), handle: Type.String(), archivedItemsCount: Type.Integer() }),
])
export type CommunityDocument = Static<typeof CommunityDocument>

/** RestContract collections.md */
export const CollectionDocument = Type.Intersect([
  DSpaceObjectDocument,
  Type.Object({
    type: Type.Literal('collection'),
    handle: Type.String(),
    archivedItemsCount: Type.Integer(),
  }),
])
export type CollectionDocument = Static<typeof CollectionDocument>

/** RestContract items.md */
export const ItemDocument = Type.Intersect([
  DSpaceObjectDocument,
  Type.Object({
    type: Type.Literal('item'),
    handle: Type.String(),
    inArchive: Type.Boolean(),
    discoverable: Type.Boolean(),
    withdrawn: Type.Boolean(),
    lastModified: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+\\+00:00$' }),
    entityType: NullableString,
  }),
])
export type ItemDocument = Static<typeof ItemDocument>

/** RestContract bundles.md */
export const BundleDocument = Type.Intersect([
  DSpaceObjectDocument,
  Type.Object({ type: Type.Literal('bundle') }),
])
export type BundleDocument = Static<typeof BundleDocument>

/** RestContract bitstreams.md */
export const BitstreamDocument = Type.Intersect([
  DSpaceObjectDocument,
  Type.Object({
    type: Type.Literal('bitstream'),
    bundleName: NullableString,
    sizeBytes: Type.Integer({ minimum: 0 }),
    checkSum: Type.Object({
      checkSumAlgorithm: Type.Literal('MD5'),
      value: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    }),
    sequenceId: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  }),
])
export type BitstreamDocument = Static<typeof BitstreamDocument>

/** RestContract bitstreamformats.md */
export const BitstreamFormatDocument = Type.Intersect([
  HalResource,
  Type.Object({
    type: Type.Literal('bitstreamformat'),
    id: Type.Integer(),
    shortDescription: Type.String(),
    description: Type.String(),
    mimetype: Type.String(),
    supportLevel: Type.Union([Type.Literal('UNKNOWN'), Type.Literal('KNOWN'), Type.Literal('SUPPORTED')]),
    internal: Type.Boolean(),
    extensions: Type.Array(Type.String()),
  }),
])
export type BitstreamFormatDocument = Static<typeof BitstreamFormatDocument>

/** RestContract metadataschemas.md */
export const MetadataSchemaDocument = Type.Intersect([
  HalResource,
  Type.Object({
    type: Type.Literal('metadataschema'),
    id: Type.Integer(),
    prefix: Type.String(),
    namespace: Type.String(),
  }),
])
export type MetadataSchemaDocument = Static<typeof MetadataSchemaDocument>

/** RestContract metadatafields.md */
export const MetadataFieldDocument = Type.Intersect([
  HalResource,
  Type.Object({
    type: Type.Literal('metadatafield'),
    id: Type.Integer(),
    element: Type.String(),
    qualifier: NullableString,
    scopeNote: NullableString,
  }),
])
export type MetadataFieldDocument = Static<typeof MetadataFieldDocument>

/** RestContract epersons.md */
export const PersonDocument = Type.Intersect([
  DSpaceObjectDocument,
  Type.Object({
    type: Type.Literal('eperson'),
    email: Type.String(),
    netid: NullableString,
    lastActive: NullableString,
    canLogIn: Type.Boolean(),
    requireCertificate: Type.Boolean(),
    selfRegistered: Type.Boolean(),
  }),
])
export type PersonDocument = Static<typeof PersonDocument>

/** RestContract epersongroups.md */
export const GroupDocument = Type.Intersect([
  DSpaceObjectDocument,
  Type.Object({ type: Type.Literal('group'), permanent: Type.Boolean() }),
])
export type GroupDocument = Static<typeof GroupDocument>

/** RestContract resourcepolicies.md */
export const PolicyDocument = Type.Intersect([
  HalResource,
  Type.Object({
    type: Type.Literal('resourcepolicy'),
    id: Type.Integer(),
    name: NullableString,
    description: NullableString,
    policyType: Type.String({ pattern: '^TYPE_(SUBMISSION|WORKFLOW|INHERITED|CUSTOM)$' }),
    action: Type.String({ pattern: '^[A-Z_]+$' }),
    startDate: NullableDay,
    endDate: NullableDay,
  }),
])
export type PolicyDocument = Static<typeof PolicyDocument>
