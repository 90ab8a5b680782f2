import type { Actor } from '../../domain/access/actor.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { findManagedToken } from './read-token.ts'

/**
 * Makes a token void for ever, from the next request on: one's own; for administrators, anybody's.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function revokeToken(deps: { unitOfWork: UnitOfWork }) {
  return (actor: Actor, id: string): Promise<void> =>
    deps.unitOfWork(async (tx) => {
      await findManagedToken(tx, actor, id)
      await tx.tokens.delete(id)
    })
}
