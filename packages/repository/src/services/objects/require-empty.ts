import { conflict } from '../../domain/errors.ts'
import type { Collection, Community } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Refuses a community or collection that something lies in, or that shows something.
 *
 * @throws DomainError `CONFLICT`
 */
export async function requireEmpty(
  stores: Pick<Reading, 'communities' | 'collections' | 'items'>,
  { kind, id, pid }: Collection | Community,
): Promise<void> {
  const grants = { kind: 'everything' } as const
  const one = { number: 0, size: 1 }
  const lists =
    kind === 'collection'
      ? [stores.items.list({ grants, collectionId: id }, one)]
      : [
          stores.communities.list({ grants, parentId: id }, one),
          stores.collections.list({ grants, communityId: id }, one),
        ]
  const totals = await Promise.all(lists.map(async (list) => (await list).total))
  if (totals.some((total) => total > 0)) throw conflict(`The ${kind} ${pid} has members`, 'pid')
}
