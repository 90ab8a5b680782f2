import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { badReference, invalid } from '../../domain/errors.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireMetadataReadable } from './metadata-readable.ts'

/**
 * Finds a file by its item's handle and its sequence id, or else its name (RestContract bitstreams.md, "byItemHandle").
 *
 * @returns null when the item has no such file
 * @throws DomainError `INVALID` with neither sequence id nor name, `REFERENCE_INVALID` when the handle is no item's,
 * `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function findBitstreamOfItem(deps: {
  reading: Pick<Reading, 'bitstreams' | 'items' | 'finder'>
  clock: Clock
}) {
  const { reading, clock } = deps
  return async (
    actor: Actor,
    { handle, sequenceId, name }: { handle: string; sequenceId?: number; name?: string },
  ): Promise<Bitstream | null> => {
    if (sequenceId === undefined && (name ?? '') === '') {
      throw invalid('A file is found by its sequence id or its name', 'sequence')
    }
    const item = await reading.finder.byHandle(handle)
    if (item?.kind !== 'item') throw badReference(`No item has the handle ${handle}`, handle)
    const match =
      (sequenceId === undefined ? undefined : await reading.bitstreams.ofItem(item.id, { sequenceId })) ??
      (name === undefined ? undefined : await reading.bitstreams.ofItem(item.id, { name }))
    const found = match === undefined ? undefined : await reading.bitstreams.find(match.id)
    if (found === undefined) return null
    await requireMetadataReadable(reading, actor, found, dayOf(clock()))
    return found.value
  }
}
