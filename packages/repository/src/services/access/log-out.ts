import type { Actor } from '../../domain/access/actor.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'

/** Ends every session of the person who asks, on every device. Nothing happens for a visitor who has not signed in. */
export function logOut(deps: { unitOfWork: UnitOfWork }) {
  return async (actor: Actor): Promise<void> => {
    const { personId } = actor
    if (personId !== null) await deps.unitOfWork((tx) => tx.people.endSessions(personId))
  }
}
