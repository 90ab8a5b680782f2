import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { detachItems, type KeepChoice } from '../relationships/detach-items.ts'
import type { ItemChangeDeps } from './change-item.ts'

/**
 * Deletes an item with its bundles, files and relationships: for its administrators, and whoever holds DELETE on it.
 *
 * @param input.keep which of the items related to it keep as their own what they showed of it
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function deleteItem({ unitOfWork, clock }: ItemChangeDeps) {
  return (actor: Actor, input: { id: string; expected: ExpectedVersion; keep?: KeepChoice }): Promise<void> =>
    unitOfWork(async (tx) => {
      const now = clock()
      const found = await tx.items.find(input.id)
      if (found === undefined) throw notFound('item', input.id)
      requireAllowed(actor, 'DELETE', found.access, dayOf(now), { kind: 'item', id: input.id })
      requireVersion(found.value, input.expected)
      await detachItems(tx, actor, { recordId: input.id, keep: input.keep ?? 'none', now })
      await tx.items.delete(input.id)
    })
}
