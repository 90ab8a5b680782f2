import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { ObjectCounts } from '../../domain/objects/object-count.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Counts the communities, collections and items that the actor finds by searching; many are estimated.
 *
 * @param namespaces those of the pids that count; all when empty
 */
export function countObjects(deps: { readonly reading: Pick<Reading, 'objects'>; readonly clock: Clock }) {
  return (actor: Actor, namespaces: readonly string[]): Promise<ObjectCounts> =>
    deps.reading.objects.count({ grants: grantsOf(actor, 'READ', dayOf(deps.clock())), namespaces })
}
