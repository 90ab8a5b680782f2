import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import { readEmail } from '../../domain/people/email.ts'
import { newPerson } from '../../domain/people/new-person.ts'
import type { PasswordHasher } from '../../domain/people/password-hasher.ts'
import { requireStrongPassword } from '../../domain/people/require-strong-password.ts'
import type { Person } from '../../domain/records/record.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'

export interface NewPerson {
  readonly email: string
  readonly metadata: Metadata
  readonly netid?: string | null
  /** Without one, the person cannot sign in with a password. */
  readonly password?: string
  /** True unless said otherwise. */
  readonly canLogIn?: boolean
  readonly requireCertificate?: boolean
}

/**
 * Makes an account for somebody; for administrators (RestContract epersons.md, "Create new EPerson").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` for the address or password, `FIELD_UNKNOWN`, `CONFLICT`
 * with `field` `email` or `netid` when it is taken
 */
export function createPerson(deps: { unitOfWork: UnitOfWork; clock: Clock; passwords: PasswordHasher }) {
  return async (actor: Actor, input: NewPerson): Promise<Person> => {
    requireAdministrator(actor, { kind: 'person', id: null })
    const email = readEmail(input.email)
    if (input.password !== undefined) requireStrongPassword(input.password)
    const passwordHash = input.password === undefined ? null : await deps.passwords.hash(input.password)
    const { netid = null, canLogIn = true, requireCertificate = false, metadata } = input
    const given = { email, netid, canLogIn, requireCertificate, metadata }
    const person = newPerson({ ...given, createdAt: deps.clock() })
    await deps.unitOfWork(async (tx) => {
      await requireKnownMetadata(tx.fields, input.metadata)
      await tx.people.insert(person, passwordHash)
    })
    return person
  }
}
