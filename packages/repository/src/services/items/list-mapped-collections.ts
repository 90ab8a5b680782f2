import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readItem } from './read-item.ts'

/**
 * The collections that an item is mapped into, as far as the actor may read them.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` for the item, `SORT_UNKNOWN`
 */
export function listMappedCollections(deps: {
  reading: Pick<Reading, 'collections' | 'items'>
  clock: Clock
}) {
  return async (actor: Actor, itemId: string, page: PageRequest): Promise<Page<Collection>> => {
    await readItem(deps)(actor, itemId)
    const grants = grantsOf(actor, 'READ', dayOf(deps.clock()))
    return deps.reading.collections.list({ grants, mappedItemId: itemId }, page)
  }
}
