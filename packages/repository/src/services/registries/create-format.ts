import type { Actor } from '../../domain/access/actor.ts'
import type { BitstreamFormat } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { normalFormat } from './normal-format.ts'

/**
 * Adds a bitstream format; for administrators (RestContract bitstreamformats.md).
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field`, `CONFLICT` when the short description is taken
 */
export function createFormat(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor, input: Omit<BitstreamFormat, 'id'>): Promise<BitstreamFormat> => {
    requireAdministrator(actor, { kind: 'bitstream format', id: null })
    const format = normalFormat(input)
    return deps.unitOfWork((tx) => tx.formats.insert(format))
  }
}
