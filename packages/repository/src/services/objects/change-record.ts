import type { Actor } from '../../domain/access/actor.ts'
import type { Collection, Community, Item } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { changeCollection } from '../collections/change-collection.ts'
import { changeCommunity } from '../communities/change-community.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { changeItem, type ItemChangeDeps } from '../items/change-item.ts'

/** A community, collection or item, and what it is expected to be. */
interface RecordReference {
  readonly kind: 'community' | 'collection' | 'item'
  readonly id: string
  readonly expected: ExpectedVersion
}

/**
 * The frame of changes that are the same for every kind of record: read, check right and version, change, save.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function changeRecord(
  deps: ItemChangeDeps,
  actor: Actor,
  { kind, ...input }: RecordReference,
  change: <R extends Community | Collection | Item>(tx: Transaction, record: R) => Promise<R>,
): Promise<Community | Collection | Item> {
  switch (kind) {
    case 'community':
      return changeCommunity(deps, actor, input, change)
    case 'collection':
      return changeCollection(deps, actor, input, change)
    case 'item':
      return changeItem(deps, actor, input, (tx, { value }) => change(tx, value))
  }
}
