import type { MetadataValue } from '../metadata/metadata.ts'
import type { JsonValue } from './json-value.ts'
import { isJsonArray, isJsonObject } from './json-value.ts'

/** Properties of a value that a patch can address. */
const VALUE_PROPERTIES = ['value', 'language', 'authority', 'confidence'] as const

/** What a patch can address within a value. */
export type ValueProperty = (typeof VALUE_PROPERTIES)[number]

/** The confidence of a value that says nothing of it (metadata-patch.md, "Adding metadata"). */
const UNSET_CONFIDENCE = -1

/**
 * Reads the values of one field: an array, or a single object or text standing for an array of one.
 * Entries without a text are left out, since web forms send them for fields left empty.
 *
 * @returns null when the value has another shape
 */
export function readValues(value: JsonValue): readonly MetadataValue[] | null {
  const entries = isJsonArray(value) ? value : [value]
  const values: MetadataValue[] = []
  for (const entry of entries) {
    if (isValueless(entry)) continue
    const read = readValue(entry)
    if (read === null) return null
    values.push(read)
  }
  return values
}

/**
 * Reads one value: an object with `value` and any of `language`, `authority` and `confidence`, or its text alone.
 * Other members (`place`, `securityLevel` …) are ignored.
 *
 * @returns null when it has another shape
 */
export function readValue(value: JsonValue): MetadataValue | null {
  if (typeof value === 'string') {
    return { value, language: null, authority: null, confidence: UNSET_CONFIDENCE }
  }
  if (!isJsonObject(value)) return null
  const text = value['value']
  if (typeof text !== 'string') return null
  let read: MetadataValue = { value: text, language: null, authority: null, confidence: UNSET_CONFIDENCE }
  for (const property of ['language', 'authority', 'confidence'] as const) {
    const next = withProperty(read, property, value[property] ?? null)
    if (next === null) return null
    read = next
  }
  return read
}

/**
 * The value with one property set. `null` resets a property to its default, except the text, which must stay.
 *
 * @returns null when the property cannot take it
 */
export function withProperty(
  value: MetadataValue,
  property: ValueProperty,
  replacement: JsonValue,
): MetadataValue | null {
  if (property === 'confidence') {
    const confidence = readConfidence(replacement)
    return confidence === null ? null : { ...value, confidence }
  }
  if (typeof replacement === 'string') return { ...value, [property]: replacement }
  return replacement === null && property !== 'value' ? { ...value, [property]: null } : null
}

/** Tells a property of a value from other names. */
export function isValueProperty(name: string): name is ValueProperty {
  return (VALUE_PROPERTIES as readonly string[]).includes(name)
}

/** A 32 bit integer; DSpace also takes it as text. */
function readConfidence(value: JsonValue): number | null {
  if (value === null) return UNSET_CONFIDENCE
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null
}

function isValueless(entry: JsonValue): boolean {
  return entry === null || (isJsonObject(entry) && (entry['value'] ?? null) === null)
}
