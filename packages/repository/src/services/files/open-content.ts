import type { Readable } from 'node:stream'
import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound, versionConflict } from '../../domain/errors.ts'
import { ContentStoreError, type ByteRange, type ContentStore } from '../../domain/files/content-store.ts'
import type { Bitstream, BitstreamFormat } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/** A file that may be read, not yet opened: what a 304 or a HEAD needs. */
export interface ReadableFile {
  readonly bitstream: Bitstream
  readonly format: BitstreamFormat
  /**
   * Opens the bytes, or a range of them. The stream must be read to its end or destroyed.
   *
   * @throws DomainError `NOT_FOUND` or `VERSION_CONFLICT` when the file was deleted or replaced in this moment
   * @throws ContentStoreError
   */
  readonly open: (range?: ByteRange) => Promise<Readable>
}

/**
 * Opens a file's bytes to those who may READ it.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function openContent(deps: {
  reading: Pick<Reading, 'bitstreams' | 'formats'>
  contents: Pick<ContentStore, 'open'>
  clock: Clock
}) {
  const { reading, contents, clock } = deps
  return async (actor: Actor, id: string): Promise<ReadableFile> => {
    const found = await reading.bitstreams.find(id)
    if (found === undefined) throw notFound('bitstream', id)
    requireAllowed(actor, 'READ', found.access, dayOf(clock()), { kind: 'bitstream', id })
    const bitstream = found.value
    const format = await reading.formats.find(bitstream.formatId)
    if (format === undefined) throw notFound('format', String(bitstream.formatId))
    const open = async (range?: ByteRange): Promise<Readable> => {
      try {
        return await contents.open(bitstream.content, range)
      } catch (error) {
        if (!(error instanceof ContentStoreError) || error.code !== 'CONTENT_MISSING') throw error
        // Released since the record was read, unless the store has lost it.
        const now = (await reading.bitstreams.find(id))?.value
        if (now === undefined) throw notFound('bitstream', id)
        if (now.content.sha256 !== bitstream.content.sha256) {
          throw versionConflict(id, bitstream.version, now.version)
        }
        return contents.open(now.content, range)
      }
    }
    return { bitstream, format, open }
  }
}
