import type { Actor } from '../../domain/access/actor.ts'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import type { Clock } from '../../domain/clock.ts'
import { firstPage, type Page, type PageRequest } from '../../domain/page.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readCollection } from './read-collection.ts'

const ACTION = 'DEFAULT_BITSTREAM_READ'

/**
 * What the files of new items in a collection inherit: its `DEFAULT_BITSTREAM_READ` policies, for whoever may read the
 * collection (RestContract collections.md, "Default Access Conditions").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listDefaultAccessConditions(deps: {
  reading: Pick<Reading, 'collections' | 'policies'>
  clock: Clock
}) {
  return async (actor: Actor, collectionId: string, page: PageRequest): Promise<Page<ResourcePolicy>> => {
    await readCollection(deps)(actor, collectionId)
    return deps.reading.policies.list({ resourceId: collectionId, action: ACTION }, page)
  }
}

/** The first pages of the same for collections that the actor was shown, by the collection's uuid; one statement. */
export function firstDefaultAccessConditions({ reading }: { reading: Pick<Reading, 'policies'> }) {
  return async (
    collectionIds: readonly string[],
    size: number,
  ): Promise<ReadonlyMap<string, Page<ResourcePolicy>>> => {
    const policies = await reading.policies.ofResources(collectionIds, ACTION)
    const byCollection = Map.groupBy(policies, ({ resourceId }) => resourceId)
    return new Map([...byCollection].map(([id, elements]) => [id, firstPage(elements, size)]))
  }
}
