import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import { requireMayDelete } from '../access/require-may-delete.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { detachItems } from '../relationships/detach-items.ts'
import type { CommunityChangeDeps } from './change-community.ts'

/**
 * Deletes a community with all communities, collections, items and files below it, and the groups that hold roles
 * there.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function deleteCommunity({ unitOfWork, clock }: CommunityChangeDeps) {
  return (actor: Actor, input: { id: string; expected: ExpectedVersion }): Promise<void> =>
    unitOfWork(async (tx) => {
      const now = clock()
      const found = await tx.communities.find(input.id)
      if (found === undefined) throw notFound('community', input.id)
      requireMayDelete(actor, found, dayOf(now))
      requireVersion(found.value, input.expected)
      await detachItems(tx, actor, { recordId: input.id, keep: 'none', now })
      for (const groupId of await tx.communities.deleteTree(input.id)) await tx.groups.delete(groupId)
    })
}
