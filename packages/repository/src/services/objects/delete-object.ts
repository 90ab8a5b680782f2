import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import type { ItemChangeDeps } from '../items/change-item.ts'
import { deleteItem } from '../items/delete-item.ts'
import { findItemObject } from './find-object.ts'

/**
 * Deletes an item with its files, by its pid. Communities and collections hold others, and are deleted where that is seen.
 *
 * @throws DomainError `CONFLICT` for a community or collection, and those of `deleteItem`
 */
export function deleteObject(deps: ItemChangeDeps & { readonly reading: Pick<Reading, 'objects'> }) {
  const remove = deleteItem(deps)
  return async (
    actor: Actor,
    { pid, expected }: { readonly pid: string; readonly expected: ExpectedVersion },
  ): Promise<void> => {
    const today = dayOf(deps.clock())
    const { value } = await findItemObject(deps.reading, actor, { pid, action: 'DELETE', today })
    await remove(actor, { id: value.record.id, expected })
  }
}
