import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { requireMayDelete } from '../access/require-may-delete.ts'
import { deleteCollection } from '../collections/delete-collection.ts'
import { deleteCommunity } from '../communities/delete-community.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import type { ItemChangeDeps } from '../items/change-item.ts'
import { deleteItem } from '../items/delete-item.ts'
import { within } from '../within.ts'
import { findObject } from './find-object.ts'
import { requireEmpty } from './require-empty.ts'

const DELETIONS = { community: deleteCommunity, collection: deleteCollection, item: deleteItem }

/**
 * Deletes an object by its pid: an item with its files; a community or collection when nothing is in it, since members
 * that are left behind, as Islandora leaves them, could not be here.
 *
 * @throws DomainError `CONFLICT` for a community or collection with members, and those of `deleteItem`,
 * `deleteCollection` and `deleteCommunity`
 */
export function deleteObject(deps: ItemChangeDeps) {
  return (
    actor: Actor,
    { pid, expected }: { readonly pid: string; readonly expected: ExpectedVersion },
  ): Promise<void> =>
    deps.unitOfWork(async (tx) => {
      const today = dayOf(deps.clock())
      const { value, access } = await findObject(tx, actor, { pid, action: 'READ', today })
      const { record } = value
      if (record.kind !== 'item') {
        requireMayDelete(actor, { value: record, access }, today)
        await tx.objects.lock(record.id)
        await requireEmpty(tx, record)
      }
      await DELETIONS[record.kind](within(deps, tx))(actor, { id: record.id, expected })
    })
}
