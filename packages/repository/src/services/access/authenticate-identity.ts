import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { admits, type Identity, type SignInRules } from '../../domain/people/identity.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { findIdentifiedPerson } from '../people/find-identified-person.ts'

/**
 * Who bears a provider's token, with every right as of now, those of the groups that the token names among them: one
 * statement, but the first time.
 *
 * @throws DomainError `LOGIN_REFUSED` with `reason`, see `findIdentifiedPerson`
 */
export function authenticateIdentity(deps: {
  reading: Pick<Reading, 'actors'>
  unitOfWork: UnitOfWork
  clock: Clock
}) {
  return async (identity: Identity, rules: SignInRules): Promise<Actor> => {
    const found = await deps.reading.actors.identified(identity)
    if (found !== undefined && admits(rules, identity, identity.email ?? found.email)) return found.actor
    await deps.unitOfWork((tx) => findIdentifiedPerson(tx, identity, { rules, now: deps.clock() }))
    const linked = await deps.reading.actors.identified(identity)
    if (linked !== undefined) return linked.actor
    throw new DomainError('LOGIN_REFUSED', 'This account may not sign in', { reason: 'barred' })
  }
}
