import { Type, type Static } from 'typebox'
import { HalResource } from './hal.ts'

const Count = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])
const Place = Type.Integer({ minimum: 0 })

/** RestContract entitytypes.md */
export const EntityTypeDocument = Type.Intersect([
  HalResource,
  Type.Object({ type: Type.Literal('entitytype'), id: Type.Integer(), label: Type.String() }),
])
export type EntityTypeDocument = Static<typeof EntityTypeDocument>

/** RestContract relationshiptypes.md */
export const RelationshipTypeDocument = Type.Intersect([
  HalResource,
  Type.Object({
    type: Type.Literal('relationshiptype'),
    id: Type.Integer(),
    leftwardType: Type.String(),
    rightwardType: Type.String(),
    copyToLeft: Type.Boolean(),
    copyToRight: Type.Boolean(),
    leftMinCardinality: Count,
    leftMaxCardinality: Count,
    rightMinCardinality: Count,
    rightMaxCardinality: Count,
  }),
])
export type RelationshipTypeDocument = Static<typeof RelationshipTypeDocument>

/** RestContract relationships.md; a name that there is none of is left out. */
export const RelationshipDocument = Type.Intersect([
  HalResource,
  Type.Object({
    type: Type.Literal('relationship'),
    id: Type.Integer(),
    leftPlace: Place,
    rightPlace: Place,
    leftwardValue: Type.Optional(Type.String()),
    rightwardValue: Type.Optional(Type.String()),
  }),
])
export type RelationshipDocument = Static<typeof RelationshipDocument>
