/** One value of a metadata field. `confidence` is DSpace's authority confidence, -1 when unset. */
export interface MetadataValue {
  readonly value: string
  readonly language: string | null
  readonly authority: string | null
  readonly confidence: number
}

/** Metadata of a record: field name (`schema.element[.qualifier]`) to its values, in the order of their places. */
export type Metadata = Readonly<Record<string, readonly MetadataValue[]>>

/** A plain value without language or authority. */
export function metadataValue(value: string, language: string | null = null): MetadataValue {
  return { value, language, authority: null, confidence: -1 }
}

/** The first value of a field, or null where the field is absent or empty. */
export function firstValue(metadata: Metadata, field: string): string | null {
  return metadata[field]?.[0]?.value ?? null
}
