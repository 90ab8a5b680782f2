import type { Page, PageRequest } from '../page.ts'
import type { Person } from '../records/record.ts'

/** What signing in needs to know of a person. */
export interface Credentials {
  readonly personId: string
  readonly canLogIn: boolean
  /** argon2id, PHC form; null when the person has no password. */
  readonly passwordHash: string | null
  /** Names the person's sessions; null when signed out everywhere. */
  readonly sessionId: string | null
}

export interface PersonReader {
  find(id: string): Promise<Person | undefined>
  findAll(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>
  byEmail(email: string): Promise<Person | undefined>
  byNetid(netid: string): Promise<Person | undefined>
  /** Sorts by `email`, `name`, `lastActive`. */
  list(
    query: { words?: string; memberOf?: string; notMemberOf?: string },
    page: PageRequest,
  ): Promise<Page<Person>>
  credentials(email: string): Promise<Credentials | undefined>
  credentialsOf(personId: string): Promise<Credentials | undefined>
}

export interface PersonStore extends PersonReader {
  /** @throws DomainError `CONFLICT` when e-mail address or netid is taken */
  insert(person: Person, passwordHash: string | null): Promise<void>
  /** @throws DomainError `VERSION_CONFLICT`, `CONFLICT` */
  update(person: Person): Promise<Person>
  setPassword(personId: string, passwordHash: string): Promise<void>
  setSession(personId: string, sessionId: string | null): Promise<void>
  setLastActive(personId: string, moment: Date): Promise<void>
  delete(id: string): Promise<void>
}
