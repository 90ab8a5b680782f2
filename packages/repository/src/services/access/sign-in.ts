import { randomUUID } from 'node:crypto'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Identity, SignInRules } from '../../domain/people/identity.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { findIdentifiedPerson } from '../people/find-identified-person.ts'
import type { OpenedSession } from './log-in.ts'

/**
 * Signs in somebody whom a provider has named, with the groups that it says they are in as special groups: those of the
 * repository that have the same name, but no permanent ones.
 *
 * @throws DomainError `LOGIN_REFUSED` with `reason`, see `findIdentifiedPerson`
 */
export function signIn(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (identity: Identity, rules: SignInRules): Promise<OpenedSession> =>
    deps.unitOfWork(async (tx) => {
      const now = deps.clock()
      const { id: personId } = await findIdentifiedPerson(tx, identity, { rules, now })
      const sessionId = await tx.people.openSession(personId, randomUUID())
      if (sessionId === undefined) {
        throw new DomainError('LOGIN_REFUSED', 'This account may not sign in', { reason: 'barred' })
      }
      await tx.people.setLastActive(personId, now)
      const groups = await tx.groups.givenByName(identity.groups)
      return { personId, sessionId, specialGroupIds: groups }
    })
}
