import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/**
 * Reads an item. A withdrawn one is shown to everybody without its metadata, to its administrators with them
 * (RestContract items.md, "Withdrawn item").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readItem(deps: { reading: Pick<Reading, 'items'>; clock: Clock }) {
  return async (actor: Actor, id: string): Promise<Item> => {
    const found = await deps.reading.items.find(id)
    if (found === undefined) throw notFound('item', id)
    const today = dayOf(deps.clock())
    if (found.value.withdrawn && !allows(actor, 'READ', found.access, today)) {
      return { ...found.value, metadata: {} }
    }
    requireAllowed(actor, 'READ', found.access, today, { kind: 'item', id })
    return found.value
  }
}
