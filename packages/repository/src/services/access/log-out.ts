import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import type { SessionClaim } from './authenticate.ts'

/**
 * Ends every session of the person whose session is given, on every device: of the bearer of a token, whoever else that
 * person may be acting for.
 */
export function logOut(deps: { unitOfWork: UnitOfWork }) {
  return ({ personId }: Pick<SessionClaim, 'personId'>): Promise<void> =>
    deps.unitOfWork((tx) => tx.people.endSessions(personId))
}
