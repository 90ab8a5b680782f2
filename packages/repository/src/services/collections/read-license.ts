import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { firstValue } from '../../domain/metadata/metadata.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { DEFAULT_LICENSE } from './default-license.ts'
import { readCollection } from './read-collection.ts'

/** The text that submitters to a collection agree to. */
export interface DepositLicense {
  /** Whether the collection has its own. */
  readonly custom: boolean
  readonly text: string
}

/**
 * The deposit licence of a collection: its `dc.rights.license`, or else the repository's (RestContract collections.md,
 * "License").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readLicense(deps: { reading: Pick<Reading, 'collections'>; clock: Clock }) {
  return async (actor: Actor, collectionId: string): Promise<DepositLicense> => {
    return licenseOf(await readCollection(deps)(actor, collectionId))
  }
}

/** The same of a collection that the caller may read. */
export function licenseOf(collection: Collection): DepositLicense {
  const own = firstValue(collection.metadata, 'dc.rights.license') ?? ''
  return own.trim() === '' ? { custom: false, text: DEFAULT_LICENSE } : { custom: true, text: own }
}
