import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/**
 * Reads a collection.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readCollection(deps: { reading: Pick<Reading, 'collections'>; clock: Clock }) {
  return async (actor: Actor, id: string): Promise<Collection> => {
    const found = await deps.reading.collections.find(id)
    if (found === undefined) throw notFound('collection', id)
    requireAllowed(actor, 'READ', found.access, dayOf(deps.clock()), { kind: 'collection', id })
    return found.value
  }
}
