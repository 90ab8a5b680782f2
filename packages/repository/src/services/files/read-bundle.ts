import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Bundle } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/**
 * Reads a bundle, for those who may READ it (RestContract bundles.md, "Single Bundle").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readBundle(deps: { reading: Pick<Reading, 'bundles'>; clock: Clock }) {
  return async (actor: Actor, id: string): Promise<Bundle> => {
    const found = await deps.reading.bundles.find(id)
    if (found === undefined) throw notFound('bundle', id)
    requireAllowed(actor, 'READ', found.access, dayOf(deps.clock()), { kind: 'bundle', id })
    return found.value
  }
}
