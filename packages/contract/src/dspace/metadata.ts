import { Type, type Static } from 'typebox'

/** One value of a metadata field, as the API shows it. */
export const MetadataValueDocument = Type.Object({
  value: Type.String(),
  language: Type.Union([Type.String(), Type.Null()]),
  authority: Type.Union([Type.String(), Type.Null()]),
  confidence: Type.Integer(),
  place: Type.Integer({ minimum: 0 }),
})
export type MetadataValueDocument = Static<typeof MetadataValueDocument>

/** Field names to values, in the order of their places. */
export const MetadataDocument = Type.Record(
  Type.String({ pattern: '^[^.]+\\.[^.]+(\\.[^.]+)?$' }),
  Type.Array(MetadataValueDocument),
)
export type MetadataDocument = Static<typeof MetadataDocument>
