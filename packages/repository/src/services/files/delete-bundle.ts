import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import type { FileChangeDeps } from './change-bundle.ts'

/**
 * Deletes a bundle with its files, for those who may REMOVE from the item (RestContract bundles.md, "Deleting a
 * bundle").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function deleteBundle({ unitOfWork, clock }: FileChangeDeps) {
  return (actor: Actor, input: { id: string; expected: ExpectedVersion }): Promise<void> =>
    unitOfWork(async (tx) => {
      const now = clock()
      await tx.homes.lock([input.id])
      const found = await tx.bundles.find(input.id)
      const item = found === undefined ? undefined : await tx.items.find(found.value.itemId)
      if (found === undefined || item === undefined) throw notFound('bundle', input.id)
      requireAllowed(actor, 'REMOVE', item.access, dayOf(now), { kind: 'item', id: item.value.id })
      requireVersion(found.value, input.expected)
      await tx.bundles.delete(input.id)
      await tx.homes.touch(item.value.id, now)
    })
}
