import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/** An item as the actor may see it, or that it is at the version that the caller knows. */
export interface SeenItem {
  readonly version: number
  /** The metadata are kept back: it is withdrawn, and the actor is not one of its administrators. */
  readonly withheld: boolean
  /** Absent when nothing has changed since the version known. */
  readonly item: Item | undefined
}

interface ReadDeps {
  readonly reading: Pick<Reading, 'items'>
  readonly clock: Clock
}

/**
 * Reads an item. A withdrawn one is shown to everybody without its metadata, to its administrators with them
 * (RestContract items.md, "Withdrawn item").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readItem(deps: ReadDeps) {
  const see = readChangedItem(deps)
  return async (actor: Actor, id: string): Promise<Item> => {
    const { item } = await see(actor, id, null)
    if (item === undefined) throw new Error(`Item ${id} has no version`)
    return item
  }
}

/**
 * The same for a caller who keeps documents: rights and version are read anew, the rest only when it has changed.
 *
 * @throws DomainError as {@link readItem}
 */
export function readChangedItem({ reading, clock }: ReadDeps) {
  return async (actor: Actor, id: string, known: number | null): Promise<SeenItem> => {
    const found = await reading.items.sight(id, known)
    if (found === undefined) throw notFound('item', id)
    const today = dayOf(clock())
    const { version, item } = found
    if (found.withdrawn && !allows(actor, 'READ', found.access, today)) {
      return { version, withheld: true, item: item === undefined ? undefined : { ...item, metadata: {} } }
    }
    requireAllowed(actor, 'READ', found.access, today, { kind: 'item', id })
    return { version, withheld: false, item }
  }
}
