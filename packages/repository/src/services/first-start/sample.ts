import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { createCollectionIn } from '../collections/create-collection.ts'
import { createCommunityIn } from '../communities/create-community.ts'

const SETTING = 'sample'

/**
 * Makes the collection that the sample goes into, in a repository that has no community yet; one that was begun is
 * gone on with.
 *
 * @returns the collection to fill, or null when there is nothing to do: the sample is complete or was deleted, or the
 * repository is in use without one
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function beginSample(deps: { unitOfWork: UnitOfWork; clock: Clock; naming: NamingConfig }) {
  return async (actor: Actor): Promise<{ readonly collectionId: string } | null> => {
    requireAdministrator(actor)
    return deps.unitOfWork(async (tx) => {
      await tx.lock(SETTING)
      const begun = collectionOf(await tx.settings.find(SETTING))
      if (begun === null || (begun === undefined && (await isInUse(tx)))) return null
      if (begun !== undefined) {
        return (await tx.collections.find(begun)) === undefined ? null : { collectionId: begun }
      }
      const community = await createCommunityIn(
        tx,
        actor,
        { parentId: null, metadata: titled('Sample data') },
        deps,
      )
      const metadata = titled('Vega datasets')
      const collection = await createCollectionIn(tx, actor, { parentId: community.id, metadata }, deps)
      await tx.settings.save(SETTING, { collectionId: collection.id })
      return { collectionId: collection.id }
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

/** The collection begun; null when the sample is complete, undefined when it never was begun. */
function collectionOf(setting: unknown): string | null | undefined {
  const value: unknown =
    typeof setting === 'object' && setting !== null ? Reflect.get(setting, 'collectionId') : undefined
  return typeof value === 'string' || value === null ? value : undefined
}

async function isInUse(tx: Transaction): Promise<boolean> {
  const page = { number: 0, size: 1 }
  return (await tx.communities.list({ grants: { kind: 'everything' } }, page)).total > 0
}

function titled(title: string) {
  return { 'dc.title': [metadataValue(title)] }
}
