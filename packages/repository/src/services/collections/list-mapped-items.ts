import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readCollection } from './read-collection.ts'

/**
 * The items that are mapped into a collection, as far as the actor may read them.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` for the collection, `SORT_UNKNOWN`
 */
export function listMappedItems(deps: { reading: Pick<Reading, 'collections' | 'items'>; clock: Clock }) {
  return async (actor: Actor, collectionId: string, page: PageRequest): Promise<Page<Item>> => {
    await readCollection(deps)(actor, collectionId)
    const grants = grantsOf(actor, 'READ', dayOf(deps.clock()))
    return deps.reading.items.list({ grants, mappedInto: collectionId }, page)
  }
}
