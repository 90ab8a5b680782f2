import type { Actor } from '../../domain/access/actor.ts'
import { formatPointer } from '../../domain/patch/json-pointer.ts'
import { isMetadataPath } from '../../domain/patch/metadata-location.ts'
import { PatchError } from '../../domain/patch/patch-error.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import { changeBitstream, type BitstreamChange } from './change-bitstream.ts'
import type { FileChangeDeps } from './change-bundle.ts'
import { patchMetadata } from './patch-metadata.ts'

/**
 * Changes the metadata of a file by JSON Patch (RestContract bitstreams.md, "Patch operations").
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `FIELD_UNKNOWN`, and those of `changeBitstream`
 */
export function patchBitstream(deps: FileChangeDeps) {
  return (
    actor: Actor,
    input: BitstreamChange & { readonly patch: readonly PatchOperation[] },
  ): Promise<Bitstream> =>
    changeBitstream(deps, actor, input, async (tx, { value: bitstream }) => {
      for (const [index, { op, path }] of input.patch.entries()) {
        if (isMetadataPath(path)) continue
        throw new PatchError(
          'PATCH_INVALID',
          `${op} "${formatPointer(path)}" is no change that a file knows`,
          index,
        )
      }
      if (input.patch.length === 0) return bitstream
      return { ...bitstream, metadata: await patchMetadata(tx, bitstream.metadata, input.patch) }
    })
}
