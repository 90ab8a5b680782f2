import { requireMatch, type RestRequest } from '@hexapla/rest'
import { digestTag } from '../hal/etag.ts'
import { bareDocument } from '../hal/render.ts'
import type { Resource } from '../hal/resource.ts'
import type { View } from '../hal/view.ts'

/**
 * Refuses a change whose `If-Match` names another state than the present one. Rows of the registries have no version
 * counter; their tag is the digest of their document.
 *
 * @param read reads the row as it is; called only when the header is there
 * @throws HttpError 412 `precondition-failed`
 */
export async function requireCurrent(
  request: RestRequest,
  view: View,
  read: () => Promise<Resource>,
): Promise<void> {
  if (request.header('if-match') === undefined) return
  requireMatch(request, digestTag(JSON.stringify(bareDocument(view, await read()))))
}
