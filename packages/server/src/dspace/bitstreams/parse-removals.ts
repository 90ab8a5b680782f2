import { PatchError, type PatchOperation } from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** `rest.patch.operations.limit` of the original. */
const MAX_OPERATIONS = 1000

/**
 * The files that a patch of the list of all files removes: `remove` of `/bitstreams/UUID` is all that it knows.
 *
 * @throws PatchError `PATCH_INVALID`
 * @throws HttpError 400 `patch-too-long`
 */
export function parseRemovals(patch: readonly PatchOperation[]): string[] {
  if (patch.length > MAX_OPERATIONS) {
    throw new HttpError(400, 'patch-too-long', `At most ${MAX_OPERATIONS} files are deleted at once`)
  }
  return patch.map(({ op, path }, index) => {
    const [list, id, ...rest] = path
    if (op === 'remove' && list === 'bitstreams' && id !== undefined && UUID.test(id) && rest.length === 0) {
      return id.toLowerCase()
    }
    throw new PatchError('PATCH_INVALID', 'only remove of /bitstreams/UUID is possible here', index)
  })
}
