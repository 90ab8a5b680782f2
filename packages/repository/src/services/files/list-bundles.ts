import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Bundle } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/**
 * The bundles of an item that the actor may READ, in their order (RestContract items.md, "Bundles"). A withdrawn item
 * shows none to those who may not read it.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listBundles(deps: { reading: Pick<Reading, 'bundles' | 'items'>; clock: Clock }) {
  return async (actor: Actor, itemId: string, page: PageRequest): Promise<Page<Bundle>> => {
    const item = await deps.reading.items.find(itemId)
    if (item === undefined) throw notFound('item', itemId)
    const today = dayOf(deps.clock())
    if (!item.value.withdrawn) {
      requireAllowed(actor, 'READ', item.access, today, { kind: 'item', id: itemId })
    }
    return deps.reading.bundles.list({ itemId, grants: grantsOf(actor, 'READ', today) }, page)
  }
}
