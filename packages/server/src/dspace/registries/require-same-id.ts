import { HttpError } from '@hexapla/rest'

/**
 * Refuses a document that replaces another row than the path names.
 *
 * @param named the `id` of the document, if it has one
 * @throws HttpError 422 `id-mismatch`
 */
export function requireSameId(named: number | null, id: number): void {
  if (named === null || named === id) return
  throw new HttpError(422, 'id-mismatch', `The id of the document must be the one of the path, ${id}`, {
    fields: [{ name: 'id', message: `must be ${id}` }],
  })
}
