import type { Metadata } from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'
import { isObject, parseMetadata } from '../hal/metadata-document.ts'

/**
 * Reads the document of a new item.
 *
 * @throws HttpError 422 `item-invalid` for an item that is not to be archived, and those of `parseMetadata`
 */
export function parseItemDocument(document: unknown): { metadata: Metadata; discoverable: boolean } {
  if (!isObject(document)) throw new HttpError(422, 'item-invalid', 'An item is a JSON object')
  // Only archived items are made here, as in the original (ItemRestRepository.createAndReturn).
  if (document['inArchive'] === false) {
    throw new HttpError(422, 'item-invalid', 'inArchive must be true: only archived items are created here', {
      fields: [{ name: 'inArchive', message: 'must be true' }],
    })
  }
  return { metadata: parseMetadata(document['metadata']), discoverable: document['discoverable'] !== false }
}

/**
 * Reads the document that replaces an item.
 *
 * @throws HttpError 400 `uuid-mismatch` when it names another item than the path, and those of `parseMetadata`
 */
export function parseItemReplacement(document: unknown, id: string): { metadata: Metadata } {
  if (!isObject(document)) throw new HttpError(422, 'item-invalid', 'An item is a JSON object')
  const named = document['uuid'] ?? document['id']
  if (typeof named !== 'string' || named.toLowerCase() !== id) {
    throw new HttpError(400, 'uuid-mismatch', `The uuid of the document must be the one of the path, ${id}`, {
      fields: [{ name: 'uuid', message: `must be ${id}` }],
    })
  }
  return { metadata: parseMetadata(document['metadata']) }
}
