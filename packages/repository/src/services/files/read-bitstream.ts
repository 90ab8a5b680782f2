import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireMetadataReadable } from './metadata-readable.ts'

/**
 * Reads the description of a file, which is open to more than its bytes are (RestContract bitstreams.md, "Single
 * Bitstream").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readBitstream(deps: { reading: Pick<Reading, 'bitstreams' | 'items'>; clock: Clock }) {
  return async (actor: Actor, id: string): Promise<Bitstream> => {
    const found = await deps.reading.bitstreams.find(id)
    if (found === undefined) throw notFound('bitstream', id)
    await requireMetadataReadable(deps.reading, actor, found, dayOf(deps.clock()))
    return found.value
  }
}
