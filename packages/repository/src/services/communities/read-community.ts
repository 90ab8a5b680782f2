import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Community } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/**
 * Reads a community.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readCommunity(deps: { reading: Pick<Reading, 'communities'>; clock: Clock }) {
  return async (actor: Actor, id: string): Promise<Community> => {
    const found = await deps.reading.communities.find(id)
    if (found === undefined) throw notFound('community', id)
    requireAllowed(actor, 'READ', found.access, dayOf(deps.clock()), { kind: 'community', id })
    return found.value
  }
}
