import type { Actor } from '../../domain/access/actor.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { Community } from '../../domain/records/record.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { patchMetadata } from '../metadata/patch-metadata.ts'
import { changeCommunity, type CommunityChangeDeps } from './change-community.ts'

/**
 * Changes the metadata of a community by JSON Patch (RestContract metadata-patch.md): all operations, or none.
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `FIELD_UNKNOWN`, and those of `changeCommunity`
 */
export function patchCommunity(deps: CommunityChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; patch: readonly PatchOperation[]; expected: ExpectedVersion },
  ): Promise<Community> =>
    changeCommunity(deps, actor, input, async (tx, community) => ({
      ...community,
      metadata: await patchMetadata(tx.fields, community.metadata, input.patch),
    }))
}
