import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { saveItem } from '../relationships/save-item.ts'

/** What every change of an item needs. */
export interface ItemChangeDeps {
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
}

/**
 * The frame of every change of an item: read within the transaction, check right and version, change, save.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function changeItem(
  { unitOfWork, clock }: ItemChangeDeps,
  actor: Actor,
  input: { id: string; expected: ExpectedVersion },
  change: (tx: Transaction, found: Guarded<Item>, now: Date) => Promise<Item>,
): Promise<Item> {
  return unitOfWork(async (tx) => {
    const now = clock()
    const found = await tx.items.find(input.id)
    if (found === undefined) throw notFound('item', input.id)
    requireAllowed(actor, 'WRITE', found.access, dayOf(now), { kind: 'item', id: input.id })
    requireVersion(found.value, input.expected)
    const changed = await change(tx, found, now)
    return changed === found.value ? changed : saveItem(tx, found.value, changed, now)
  })
}
