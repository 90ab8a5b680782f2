import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { BitstreamFormat } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Reads a bitstream format. Open to everybody, internal ones too.
 *
 * @throws DomainError `NOT_FOUND`
 */
export function readFormat(deps: { reading: Pick<Reading, 'formats'> }) {
  return async (_actor: Actor, id: number): Promise<BitstreamFormat> => {
    const format = await deps.reading.formats.find(id)
    if (format === undefined) throw notFound('bitstream format', String(id))
    return format
  }
}
