import type { Metadata, MetadataValue } from '@hexapla/repository'
import { HttpError, type FieldFault } from '@hexapla/rest'

/** Fields that only administrators see (`metadata.hide.*` of the original's dspace.cfg). */
const HIDDEN_FIELDS: ReadonlySet<string> = new Set(['dc.description.provenance', 'person.email'])

/** Metadata as the API shows them: fields in alphabetical order, each value with its place. */
export function metadataDocument(metadata: Metadata, showHidden: boolean): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const field of Object.keys(metadata).toSorted()) {
    if (HIDDEN_FIELDS.has(field) && !showHidden) continue
    shown[field] = (metadata[field] ?? []).map((value, place) => ({
      value: value.value,
      language: value.language,
      authority: value.authority,
      confidence: value.confidence,
      place,
    }))
  }
  return shown
}

/**
 * Reads the `metadata` of a document that a client sends. Values without text are skipped, since the web UI sends
 * empty form fields so (dspace-ui 2.7); `place` is ignored in favour of the order.
 *
 * @throws HttpError 422 `metadata-invalid` naming each part that is not understood
 */
export function parseMetadata(document: unknown): Metadata {
  if (document === undefined || document === null) return {}
  const faults: FieldFault[] = []
  const metadata: Record<string, MetadataValue[]> = {}
  if (!isObject(document)) {
    throw invalid([{ name: 'metadata', message: 'must be an object of fields' }])
  }
  for (const [field, values] of Object.entries(document)) {
    if (!Array.isArray(values)) {
      faults.push({ name: `metadata.${field}`, message: 'must be a list of values' })
      continue
    }
    const read = values.flatMap((value: unknown, index) =>
      parseValue(value, `metadata.${field}[${index}]`, faults),
    )
    if (read.length > 0) metadata[field] = read
  }
  if (faults.length > 0) throw invalid(faults)
  return metadata
}

function parseValue(value: unknown, name: string, faults: FieldFault[]): MetadataValue[] {
  if (!isObject(value)) {
    faults.push({ name, message: 'must be an object with a value' })
    return []
  }
  const { value: text, language = null, authority = null, confidence = -1 } = value
  if (text === undefined || text === null || text === '') return []
  if (typeof text !== 'string') {
    faults.push({ name: `${name}.value`, message: 'must be text' })
    return []
  }
  return [
    {
      value: text,
      language: typeof language === 'string' ? language : null,
      authority: typeof authority === 'string' ? authority : null,
      confidence: typeof confidence === 'number' && Number.isInteger(confidence) ? confidence : -1,
    },
  ]
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(faults: readonly FieldFault[]): HttpError {
  const message = faults.map((fault) => `${fault.name} ${fault.message}`).join('; ')
  return new HttpError(422, 'metadata-invalid', message, { fields: faults })
}
