import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Harvest } from '../../domain/harvest/harvest.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAdministrator, requireAllowed } from '../access/require-allowed.ts'

interface ReadDeps {
  readonly reading: Pick<Reading, 'collections' | 'harvests'>
  readonly clock: Clock
}

/**
 * The harvest of a collection, for those who administer the collection (RestContract collections.md, "Collection
 * Harvesting Settings").
 *
 * @returns undefined when it is not harvested
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readHarvest(deps: ReadDeps) {
  return async (actor: Actor, collectionId: string): Promise<Harvest | undefined> => {
    await requireHarvester(deps.reading, actor, collectionId, dayOf(deps.clock()))
    return deps.reading.harvests.find(collectionId)
  }
}

/**
 * All harvests, the one whose last run is longest ago first; for administrators.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function listHarvests({ reading }: { reading: Pick<Reading, 'harvests'> }) {
  return async (actor: Actor): Promise<readonly Harvest[]> => {
    requireAdministrator(actor)
    return reading.harvests.list()
  }
}

/**
 * Refuses everybody but those who administer a collection.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function requireHarvester(
  stores: Pick<Reading, 'collections'>,
  actor: Actor,
  collectionId: string,
  today: string,
): Promise<void> {
  const found = await stores.collections.find(collectionId)
  if (found === undefined) throw notFound('collection', collectionId)
  requireAllowed(actor, 'ADMIN', found.access, today, { kind: 'collection', id: collectionId })
}
