import type { Actor } from '../../domain/access/actor.ts'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readCollection } from './read-collection.ts'

/**
 * What the files of new items in a collection inherit: its `DEFAULT_BITSTREAM_READ` policies, for whoever may read the
 * collection (RestContract collections.md, "Default Access Conditions").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function listDefaultAccessConditions(deps: {
  reading: Pick<Reading, 'collections' | 'policies'>
  clock: Clock
}) {
  return async (actor: Actor, collectionId: string): Promise<readonly ResourcePolicy[]> => {
    await readCollection(deps)(actor, collectionId)
    const policies = await deps.reading.policies.ofResources([collectionId])
    return policies.filter((policy) => policy.action === 'DEFAULT_BITSTREAM_READ')
  }
}
