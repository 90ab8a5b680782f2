import type { Metadata, MetadataValue } from '../metadata/metadata.ts'
import type { JsonValue } from './json-value.ts'
import { isJsonObject } from './json-value.ts'
import { readValues } from './metadata-values.ts'

/** The values of a field, none when it is absent. */
export function valuesOf(metadata: Metadata, field: string): readonly MetadataValue[] {
  return (Object.hasOwn(metadata, field) ? metadata[field] : undefined) ?? []
}

/** The metadata with the values of one field set. A field without values is left out of the map. */
export function withField(metadata: Metadata, field: string, values: readonly MetadataValue[]): Metadata {
  if (values.length > 0) return { ...metadata, [field]: values }
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== field))
}

/**
 * Reads all metadata of a record as clients send it.
 *
 * @returns null when it is no object of fields with values
 */
export function readMap(value: JsonValue): Metadata | null {
  if (!isJsonObject(value)) return null
  let metadata: Metadata = {}
  for (const [field, entries] of Object.entries(value)) {
    const values = readValues(entries)
    if (values === null) return null
    metadata = withField(metadata, field, values)
  }
  return metadata
}

/** Equality of fields and values; the order of the fields does not matter. */
export function sameMap(left: Metadata, right: Metadata): boolean {
  const fields = Object.keys(left)
  return (
    fields.length === Object.keys(right).length &&
    fields.every((field) => sameValues(valuesOf(left, field), valuesOf(right, field)))
  )
}

/** Equality of the values of a field, in their order. */
export function sameValues(left: readonly MetadataValue[], right: readonly MetadataValue[]): boolean {
  return (
    left.length === right.length &&
    left.every((value, index) => {
      const other = right[index]
      return (
        value.value === other?.value &&
        value.language === other.language &&
        value.authority === other.authority &&
        value.confidence === other.confidence
      )
    })
  )
}
