import type { Metadata } from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'
import { isObject, parseMetadata } from '../hal/metadata-document.ts'

/**
 * Reads the document of a new bundle.
 *
 * @throws HttpError 422 `bundle-invalid` without a name, and those of `parseMetadata`
 */
export function parseBundleDocument(document: unknown): { name: string; metadata: Metadata } {
  if (!isObject(document)) throw new HttpError(422, 'bundle-invalid', 'A bundle is a JSON object')
  const { name } = document
  if (typeof name !== 'string' || name.trim() === '') {
    throw new HttpError(422, 'bundle-invalid', 'A bundle has a name', {
      fields: [{ name: 'name', message: 'must be text' }],
    })
  }
  return { name, metadata: parseMetadata(document['metadata']) }
}
