import { randomUUID } from 'node:crypto'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type { HitWindows } from '../../domain/limits/hit-windows.ts'
import type { PasswordHasher } from '../../domain/people/password-hasher.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { countLoginAttempts } from './login-attempts.ts'

/** Who signed in, and the session that the person's tokens name. */
export interface OpenedSession {
  readonly personId: string
  readonly sessionId: string
  /** Groups given by the way of signing in. */
  readonly specialGroupIds?: readonly string[]
}

export interface LoginInput {
  readonly email: string
  readonly password: string
  /** Of the network, whence the login comes. */
  readonly address: string
}

interface LoginDeps {
  readonly reading: Pick<Reading, 'people'>
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
  readonly passwords: PasswordHasher
  readonly hits: HitWindows
}

/**
 * Signs a person in with e-mail address and password. A session that is open already is shared: devices add up, and
 * logging out ends them all (RestContract authentication.md, "Logout").
 *
 * Whether the address is unknown, the password wrong or the person barred takes the same time and is the same error.
 * Failures are counted for each account and network: after too many, no password is looked at for a while.
 *
 * @throws DomainError `LOGIN_REFUSED`, `TOO_MANY_ATTEMPTS` with `retryAfterSeconds`
 */
export function logIn(deps: LoginDeps) {
  const attempts = countLoginAttempts(deps.hits)
  const open = openSession(deps)
  return async (input: LoginInput): Promise<OpenedSession> => {
    const takeBack = await attempts.begin(input.email, input.address)
    try {
      const session = await open(input)
      await takeBack()
      return session
    } catch (error) {
      if (!isRefusal(error)) await takeBack()
      throw error
    }
  }
}

const isRefusal = (error: unknown): boolean => error instanceof DomainError && error.code === 'LOGIN_REFUSED'

function openSession(deps: LoginDeps) {
  return async (input: LoginInput): Promise<OpenedSession> => {
    const credentials = await deps.reading.people.credentials(input.email.trim())
    const matches = await deps.passwords.verify(credentials?.passwordHash ?? null, input.password)
    if (credentials === undefined || !matches || !credentials.canLogIn || credentials.requireCertificate) {
      throw refused()
    }
    const { personId } = credentials
    return deps.unitOfWork(async (tx) => {
      const sessionId = await tx.people.openSession(personId, randomUUID())
      // Barred or deleted while the password was being checked.
      if (sessionId === undefined) throw refused()
      await tx.people.setLastActive(personId, deps.clock())
      return { personId, sessionId }
    })
  }
}

function refused(): DomainError {
  return new DomainError('LOGIN_REFUSED', 'The e-mail address or the password is wrong')
}
