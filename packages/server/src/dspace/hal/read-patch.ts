import { parsePatch, type PatchOperation } from '@hexapla/repository'
import type { RestRequest } from '@hexapla/rest'

/**
 * The JSON Patch in the body. Clients send it as plain JSON too (dspace-ui 2.7).
 *
 * @throws PatchError `PATCH_MALFORMED`; and what `request.json` throws
 */
export async function readPatch(request: RestRequest): Promise<readonly PatchOperation[]> {
  return parsePatch(await request.json())
}
