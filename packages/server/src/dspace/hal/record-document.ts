import type { Metadata } from '@hexapla/repository'
import { HttpError, type FieldFault } from '@hexapla/rest'
import { isObject, parseMetadata } from './metadata-document.ts'

/** What a client sends to create or to replace a record. */
export interface RecordDocument {
  readonly metadata: Metadata
  /** Everything that was sent. */
  readonly properties: Readonly<Record<string, unknown>>
}

/**
 * Reads the document of a record.
 *
 * @throws HttpError 422 `document-invalid` for anything but a JSON object, and those of `parseMetadata`
 */
export function parseRecordDocument(document: unknown): RecordDocument {
  if (!isObject(document)) throw new HttpError(422, 'document-invalid', 'A JSON object is expected')
  return { metadata: parseMetadata(document['metadata']), properties: document }
}

/**
 * Refuses a replacement that alters what cannot be edited. These properties are optional, but must be those of the
 * record where they are present (RestContract communities.md, "Updating a community").
 *
 * @throws HttpError 422 `property-fixed` naming each one that differs
 */
export function requireUnaltered(
  { properties }: RecordDocument,
  record: { readonly id: string; readonly handle: string; readonly type: string },
): void {
  const fixed = { id: record.id, uuid: record.id, handle: record.handle, type: record.type }
  const faults: FieldFault[] = Object.entries(fixed).flatMap(([name, value]) => {
    const sent = textOf(properties[name])
    return sent === undefined || sent === value ? [] : [{ name, message: `must be ${value}` }]
  })
  if (faults.length === 0) return
  const message = faults.map((fault) => `${fault.name} ${fault.message}`).join('; ')
  throw new HttpError(422, 'property-fixed', message, { fields: faults })
}

/** A property as it is meant: the web UI sends `type` as an object with a value (dspace-ui 2.7). */
export function textOf(property: unknown): unknown {
  if (property === null) return undefined
  return isObject(property) ? property['value'] : property
}
