import { randomBytes } from 'node:crypto'
import { ADMINISTRATOR_GROUP } from '../../domain/access/actor.ts'
import { readEmail } from '../../domain/people/email.ts'
import { newPerson } from '../../domain/people/new-person.ts'
import type { PasswordHasher } from '../../domain/people/password-hasher.ts'
import { requireStrongPassword } from '../../domain/people/require-strong-password.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/** An administrator just made; the password is told here and never again. */
export interface CreatedAdministrator {
  readonly personId: string
  readonly email: string
  readonly password: string
}

/**
 * Makes a person who may do everything; a person who exists becomes one and gets the password.
 *
 * @param input.password without one, a random one is made
 * @throws DomainError `INVALID` with `field` `email` or `password`
 */
export async function createAdministrator(
  tx: Transaction,
  input: { email: string; password?: string; now: Date; passwords: PasswordHasher },
): Promise<CreatedAdministrator> {
  const email = readEmail(input.email)
  const password = input.password ?? randomBytes(18).toString('base64url')
  requireStrongPassword(password)
  const passwordHash = await input.passwords.hash(password)
  const known = await tx.people.byEmail(email)
  const person = known ?? newPerson({ email, createdAt: input.now })
  if (known === undefined) {
    await tx.people.insert(person, passwordHash)
  } else {
    await tx.people.setPassword(person.id, passwordHash)
  }
  await tx.groups.addPeople(ADMINISTRATOR_GROUP, [person.id])
  return { personId: person.id, email, password }
}
