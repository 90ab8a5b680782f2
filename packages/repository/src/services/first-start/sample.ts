import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { createCollectionIn } from '../collections/create-collection.ts'
import { createCommunityIn } from '../communities/create-community.ts'

const SETTING = 'sample'

/** The collections that the sample goes into. */
export interface SampleCollections {
  readonly collectionId: string
  /** For what happened at a time and a place. */
  readonly earthquakesId: string
}

/**
 * Makes the collections that the sample goes into, in a repository that has no community yet; those that were begun are
 * gone on with.
 *
 * @returns the collections to fill, or null when there is nothing to do: the sample is complete or was deleted, or the
 * repository is in use without one
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function beginSample(deps: { unitOfWork: UnitOfWork; clock: Clock; naming: NamingConfig }) {
  return async (actor: Actor): Promise<SampleCollections | null> => {
    requireAdministrator(actor)
    return deps.unitOfWork(async (tx) => {
      await tx.lock(SETTING)
      const begun = collectionsOf(await tx.settings.find(SETTING))
      if (begun === null || (begun === undefined && (await isInUse(tx)))) return null
      if (begun !== undefined) return (await areThere(tx, begun)) ? begun : null
      const community = await createCommunityIn(
        tx,
        actor,
        { parentId: null, metadata: titled('Sample data') },
        deps,
      )
      const addCollection = (title: string) =>
        createCollectionIn(tx, actor, { parentId: community.id, metadata: titled(title) }, deps)
      const { id: collectionId } = await addCollection('Vega datasets')
      const { id: earthquakesId } = await addCollection('Earthquakes')
      await tx.settings.save(SETTING, { collectionId, earthquakesId })
      return { collectionId, earthquakesId }
    })
  }
}

/**
 * Notes that the sample is complete: it is never begun again.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function finishSample(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor): Promise<void> => {
    requireAdministrator(actor)
    await deps.unitOfWork((tx) => tx.settings.save(SETTING, { collectionId: null }))
  }
}

/** The collections begun; null when the sample is complete, undefined when it never was begun. */
function collectionsOf(setting: unknown): SampleCollections | null | undefined {
  const { collectionId, earthquakesId } = (setting ?? {}) as Record<string, unknown>
  if (typeof collectionId !== 'string') return collectionId === null ? null : undefined
  // Begun by a version that had one collection: what is missing goes there, too.
  return { collectionId, earthquakesId: typeof earthquakesId === 'string' ? earthquakesId : collectionId }
}

async function areThere(
  tx: Transaction,
  { collectionId, earthquakesId }: SampleCollections,
): Promise<boolean> {
  const found = [await tx.collections.find(collectionId), await tx.collections.find(earthquakesId)]
  return !found.includes(undefined)
}

async function isInUse(tx: Transaction): Promise<boolean> {
  const page = { number: 0, size: 1 }
  return (await tx.communities.list({ grants: { kind: 'everything' } }, page)).total > 0
}

function titled(title: string) {
  return { 'dc.title': [metadataValue(title)] }
}
