import type { Actor } from '../../domain/access/actor.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'

/**
 * How many contents the repository has and their size in bytes, for administrators. Each counts once, however many files
 * have it.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function measureContent(deps: { reading: Pick<Reading, 'contents'> }) {
  return async (actor: Actor): Promise<{ readonly contents: number; readonly bytes: number }> => {
    requireAdministrator(actor)
    return deps.reading.contents.totals()
  }
}
