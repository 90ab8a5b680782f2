import type { Actor } from '../../domain/access/actor.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import { UNKNOWN_FORMAT_ID, type BitstreamFormat } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { normalFormat } from './normal-format.ts'

/**
 * Changes a bitstream format; for administrators. That of unknown files keeps its name.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `INVALID` with `field`, `CONFLICT` when the short
 * description is taken
 */
export function updateFormat(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, input: BitstreamFormat): Promise<BitstreamFormat> => {
    requireAdministrator(actor, { kind: 'bitstream format', id: String(input.id) })
    return deps.unitOfWork(async (tx) => {
      const format = await tx.formats.find(input.id)
      if (format === undefined) throw notFound('bitstream format', String(input.id))
      const changed = { ...normalFormat(input), id: input.id }
      if (input.id === UNKNOWN_FORMAT_ID && changed.shortDescription !== format.shortDescription) {
        throw invalid('The format of unknown files keeps its name', 'shortDescription')
      }
      await tx.formats.update(changed)
      return changed
    })
  }
}
