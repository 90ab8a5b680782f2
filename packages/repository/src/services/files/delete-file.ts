import type { Actor } from '../../domain/access/actor.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { deleteLogoFile } from '../logos/delete-logo.ts'
import type { BitstreamChange } from './change-bitstream.ts'
import type { FileChangeDeps } from './change-bundle.ts'
import { deleteBitstream } from './delete-bitstreams.ts'

/**
 * Deletes a file wherever it is: one of an item as `deleteBitstream` does, the logo of a community or collection as
 * `deleteLogoFile` does (RestContract bitstreams.md, "Deletion of a single bitstream").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function deleteFile(deps: FileChangeDeps & { readonly reading: Pick<Reading, 'bitstreams'> }) {
  const ofItem = deleteBitstream(deps)
  const logo = deleteLogoFile(deps)
  return async (actor: Actor, input: BitstreamChange): Promise<void> => {
    const found = await deps.reading.bitstreams.find(input.id)
    if (typeof found?.logoOfId === 'string') {
      await logo(actor, { bitstreamId: input.id, expected: input.expected })
    } else {
      await ofItem(actor, input)
    }
  }
}
