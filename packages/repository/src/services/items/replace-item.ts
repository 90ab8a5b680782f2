import type { Actor } from '../../domain/access/actor.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import { withOwn } from '../../domain/metadata/virtual-values.ts'
import type { Item } from '../../domain/records/record.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { changeItem, type ItemChangeDeps } from './change-item.ts'

/**
 * Replaces all metadata of an item (RestContract items.md, "Updating item metadata"). What it shows of related items
 * stays, and is not taken over as its own when a client sends it back.
 *
 * @throws DomainError `FIELD_UNKNOWN`, and those of `changeItem`
 */
export function replaceItem(deps: ItemChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; metadata: Metadata; expected: ExpectedVersion },
  ): Promise<Item> =>
    changeItem(deps, actor, input, async (tx, { value: item }) => {
      await requireKnownMetadata(tx.fields, input.metadata)
      return { ...item, metadata: withOwn(item.metadata, input.metadata) }
    })
}
