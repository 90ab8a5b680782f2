import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readItem } from '../items/read-item.ts'
import { readBitstream } from './read-bitstream.ts'

interface ThumbnailDeps {
  readonly reading: Pick<Reading, 'bitstreams' | 'items'>
  readonly clock: Clock
}

/**
 * The thumbnail of an item (RestContract items.md, "Main Thumbnail").
 *
 * @returns null when there is none that the actor may READ
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readItemThumbnail({ reading, clock }: ThumbnailDeps) {
  const read = readItem({ reading, clock })
  return async (actor: Actor, itemId: string): Promise<Bitstream | null> => {
    await read(actor, itemId)
    const grants = grantsOf(actor, 'READ', dayOf(clock()))
    return (await reading.bitstreams.thumbnailsOfItems([itemId], grants)).get(itemId) ?? null
  }
}

/**
 * The thumbnail of a file (RestContract bitstreams.md, "Main Thumbnail").
 *
 * @returns null when there is none that the actor may READ
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readBitstreamThumbnail({ reading, clock }: ThumbnailDeps) {
  const read = readBitstream({ reading, clock })
  return async (actor: Actor, id: string): Promise<Bitstream | null> => {
    await read(actor, id)
    const grants = grantsOf(actor, 'READ', dayOf(clock()))
    return (await reading.bitstreams.thumbnailsOfBitstreams([id], grants)).get(id) ?? null
  }
}
