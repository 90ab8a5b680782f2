import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import { requireMayDelete } from '../access/require-may-delete.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { detachItems } from '../relationships/detach-items.ts'
import type { CollectionChangeDeps } from './change-collection.ts'

/**
 * Deletes a collection with its template, the items that it owns (also where they are mapped elsewhere) and their
 * files, and the groups that hold roles in it. Items that were only mapped into it stay.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function deleteCollection({ unitOfWork, clock }: CollectionChangeDeps) {
  return (actor: Actor, input: { id: string; expected: ExpectedVersion }): Promise<void> =>
    unitOfWork(async (tx) => {
      const now = clock()
      const found = await tx.collections.find(input.id)
      if (found === undefined) throw notFound('collection', input.id)
      requireMayDelete(actor, found, dayOf(now))
      requireVersion(found.value, input.expected)
      await detachItems(tx, actor, { recordId: input.id, keep: 'none', now })
      for (const groupId of await tx.collections.deleteTree(input.id)) await tx.groups.delete(groupId)
    })
}
