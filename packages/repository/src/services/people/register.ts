import { randomUUID } from 'node:crypto'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type { PasswordHasher } from '../../domain/people/password-hasher.ts'
import { readMailAddress } from '../../domain/people/read-mail-address.ts'
import type { Registration } from '../../domain/people/registration-store.ts'
import { requireStrongPassword } from '../../domain/people/require-strong-password.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { CODE_WANTED, type CodeWanted } from './mail-verification-code.ts'

/** Who registers, and the address of the API that the mail tells. */
export interface NewRegistration {
  readonly email: string
  readonly password: string
  readonly apiUrl: string
}

/** How long a registration waits for its code. */
const LIFETIME_MS = 24 * 60 * 60 * 1000

/**
 * Registers anybody: the account is made by `verifyRegistration`, with the code that is mailed. Until then nobody can log
 * in with it, in no dialect. That an address is taken takes as long to find out as that it is not.
 *
 * @returns the uuid of the person to be, and the address as it is kept
 * @throws DomainError `INVALID` with `field` `email` or `password`, `CONFLICT` with `field` `email` when somebody has the
 * address or has registered with it within a day
 */
export function register(deps: { unitOfWork: UnitOfWork; clock: Clock; passwords: PasswordHasher }) {
  return async (input: NewRegistration): Promise<Pick<Registration, 'id' | 'email'>> => {
    const email = readMailAddress(input.email)
    requireStrongPassword(input.password)
    const passwordHash = await deps.passwords.hash(input.password)
    const now = deps.clock()
    const id = randomUUID()
    const wanted: CodeWanted = { registrationId: id, apiUrl: input.apiUrl }
    await deps.unitOfWork(async (tx) => {
      await tx.registrations.deleteExpired(now)
      if ((await tx.people.byEmail(email)) !== undefined) {
        throw new DomainError('CONFLICT', 'This email is taken', { field: 'email' })
      }
      const expiresAt = new Date(now.getTime() + LIFETIME_MS)
      await tx.registrations.insert({ id, email, passwordHash, expiresAt })
      await tx.enqueue(CODE_WANTED, wanted)
    })
    return { id, email }
  }
}
