import type { Actor } from '../../domain/access/actor.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { patchMetadata } from '../metadata/patch-metadata.ts'
import { changeCollection, type CollectionChangeDeps } from './change-collection.ts'

/**
 * Changes the metadata of a collection by JSON Patch (RestContract metadata-patch.md): all operations, or none.
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `FIELD_UNKNOWN`, and those of `changeCollection`
 */
export function patchCollection(deps: CollectionChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; patch: readonly PatchOperation[]; expected: ExpectedVersion },
  ): Promise<Collection> =>
    changeCollection(deps, actor, input, async (tx, collection) => ({
      ...collection,
      metadata: await patchMetadata(tx.fields, collection.metadata, input.patch),
    }))
}
