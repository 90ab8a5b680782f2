import { DomainError } from '../../domain/errors.ts'
import { metadataValue, type Metadata } from '../../domain/metadata/metadata.ts'
import { readEmail } from '../../domain/people/email.ts'
import { admits, type Identity, type SignInRules } from '../../domain/people/identity.ts'
import { newPerson } from '../../domain/people/new-person.ts'
import type { Person } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/**
 * The account of somebody whom a provider has named: the one linked with that name; else, linked from now on, the one
 * with the address that the provider has made sure of, or a new one.
 *
 * @throws DomainError `LOGIN_REFUSED` with `reason`: `not-admitted` by the rules, `no-account` that could be linked or
 * made, `address-taken` when the account belongs to somebody else of the same provider, `barred`
 */
export async function findIdentifiedPerson(
  tx: Transaction,
  identity: Identity,
  { rules, now }: { rules: SignInRules; now: Date },
): Promise<Person> {
  // Of requests that come together, one makes the link.
  await tx.lock(`identity ${identity.issuer} ${identity.subject}`)
  const linked = await tx.people.byIdentity(identity)
  if (!admits(rules, identity, identity.email ?? linked?.email ?? null)) {
    throw refused('not-admitted', 'The rules of this repository do not admit you')
  }
  const person = linked ?? (await link(tx, identity, { rules, now }))
  if (!person.canLogIn || person.requireCertificate) throw refused('barred', 'This account may not sign in')
  return person
}

async function link(
  tx: Transaction,
  identity: Identity,
  { rules, now }: { rules: SignInRules; now: Date },
): Promise<Person> {
  const known = identity.email === null ? undefined : await tx.people.byEmail(identity.email)
  if (known !== undefined && (await tx.people.hasIdentity(known.id, identity.issuer))) {
    throw refused('address-taken', 'The account with your address belongs to somebody else')
  }
  const person = known ?? (rules.makePeople ? personOf(identity, now) : undefined)
  if (person === undefined) throw refused('no-account', 'You have no account here')
  if (known === undefined) await tx.people.insert(person, null)
  await tx.people.linkIdentity(person.id, identity, now)
  return person
}

function personOf(identity: Identity, now: Date): Person | undefined {
  // An address that nobody checked could be somebody else's.
  if (identity.email === null) return undefined
  const email = readEmail(identity.email)
  return newPerson({ email, selfRegistered: true, metadata: nameOf(identity), createdAt: now })
}

function nameOf({ firstName, lastName }: Identity): Metadata {
  return {
    ...(firstName === null ? {} : { 'eperson.firstname': [metadataValue(firstName)] }),
    ...(lastName === null ? {} : { 'eperson.lastname': [metadataValue(lastName)] }),
  }
}

function refused(reason: string, message: string): DomainError {
  return new DomainError('LOGIN_REFUSED', message, { reason })
}
