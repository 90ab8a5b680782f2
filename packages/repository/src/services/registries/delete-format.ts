import type { Actor } from '../../domain/access/actor.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import { UNKNOWN_FORMAT_ID } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'

/**
 * Deletes a bitstream format; its files become of unknown format. For administrators.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND`, `INVALID` for the format of unknown files
 */
export function deleteFormat(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, id: number): Promise<void> => {
    requireAdministrator(actor, { kind: 'bitstream format', id: String(id) })
    await deps.unitOfWork(async (tx) => {
      if ((await tx.formats.find(id)) === undefined) throw notFound('bitstream format', String(id))
      if (id === UNKNOWN_FORMAT_ID) throw invalid('The format of unknown files stays', 'id')
      await tx.formats.delete(id)
    })
  }
}
