import type { Page, PageRequest } from '../page.ts'
import type { Person } from '../records/record.ts'
import type { Identity } from './identity.ts'

/** What signing in needs to know of a person. */
export interface Credentials {
  readonly personId: string
  readonly canLogIn: boolean
  /** Signing in takes a client certificate, no password. */
  readonly requireCertificate: boolean
  /** argon2id, PHC form; null when the person has no password. */
  readonly passwordHash: string | null
  /** Names the person's sessions; null when signed out everywhere. */
  readonly sessionId: string | null
}

/** Which people a list is about; an absent criterion does not matter. */
export interface PersonQuery {
  /** Words that begin words of first name, last name or e-mail address; a uuid finds the person with it. */
  readonly words?: string
  /** Only direct members of this group. */
  readonly memberOf?: string
  /** Only people who are not direct members of this group. */
  readonly notMemberOf?: string
}

export interface PersonReader {
  find(id: string): Promise<Person | undefined>
  findAll(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>
  /** Without regard to case. */
  byEmail(email: string): Promise<Person | undefined>
  byNetid(netid: string): Promise<Person | undefined>
  /** Whoever is linked with a provider's name. */
  byIdentity(identity: Pick<Identity, 'issuer' | 'subject'>): Promise<Person | undefined>
  /** Whether the person is linked with some name of the provider. */
  hasIdentity(personId: string, issuer: string): Promise<boolean>
  /** Sorts by `email`, `name`, `lastActive`; without a sort, by e-mail address. */
  list(query: PersonQuery, page: PageRequest): Promise<Page<Person>>
  /** The first `size` direct members of each group by e-mail address, by the group's uuid. */
  membersOf(groupIds: readonly string[], size: number): Promise<ReadonlyMap<string, Page<Person>>>
  credentials(email: string): Promise<Credentials | undefined>
  credentialsOf(personId: string): Promise<Credentials | undefined>
}

export interface PersonStore extends PersonReader {
  /** @throws DomainError `CONFLICT` when e-mail address or netid is taken */
  insert(person: Person, passwordHash: string | null): Promise<void>
  /** @throws DomainError `VERSION_CONFLICT`, `CONFLICT` */
  update(person: Person): Promise<Person>
  setPassword(personId: string, passwordHash: string): Promise<void>
  /**
   * Starts the person's session under the name given, unless there is one already: devices share it.
   *
   * @returns the name of the session, undefined when there is no such person or the person may not log in
   */
  openSession(personId: string, sessionId: string): Promise<string | undefined>
  /** Signs the person out everywhere. */
  endSessions(personId: string): Promise<void>
  linkIdentity(personId: string, identity: Pick<Identity, 'issuer' | 'subject'>, moment: Date): Promise<void>
  setLastActive(personId: string, moment: Date): Promise<void>
  delete(id: string): Promise<void>
}
