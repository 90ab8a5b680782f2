import type { Actor } from '../../domain/access/actor.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { changeCollection, type CollectionChangeDeps } from './change-collection.ts'

/**
 * Replaces all metadata of a collection (RestContract collections.md, "Updating a collection").
 *
 * @throws DomainError `FIELD_UNKNOWN`, and those of `changeCollection`
 */
export function replaceCollection(deps: CollectionChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; metadata: Metadata; expected: ExpectedVersion },
  ): Promise<Collection> =>
    changeCollection(deps, actor, input, async (tx, collection) => {
      await requireKnownMetadata(tx.fields, input.metadata)
      return { ...collection, metadata: input.metadata }
    })
}
