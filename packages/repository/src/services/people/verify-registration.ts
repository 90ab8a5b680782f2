import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { newPerson } from '../../domain/people/new-person.ts'
import type { Person } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { digestOfCode } from './verification-code.ts'

/**
 * Makes the account of somebody who has registered and shows the code that was mailed, once and within a day.
 *
 * @throws DomainError `LOGIN_REFUSED` for anything else, whatever it is
 */
export function verifyRegistration(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return (input: { email: string; code: string }): Promise<Person> => {
    const email = input.email.trim().toLowerCase()
    const digest = digestOfCode(input.code)
    return deps.unitOfWork(async (tx) => {
      const now = deps.clock()
      const registration = await tx.registrations.take(email, digest, now)
      // An administrator may have made the account meanwhile.
      if (registration === undefined || (await tx.people.byEmail(email)) !== undefined) throw refused()
      const person = newPerson({ id: registration.id, email, selfRegistered: true, createdAt: now })
      await tx.people.insert(person, registration.passwordHash)
      return person
    })
  }
}

function refused(): DomainError {
  return new DomainError('LOGIN_REFUSED', 'Invalid verification code')
}
