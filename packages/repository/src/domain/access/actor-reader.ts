import type { Identity } from '../people/identity.ts'
import type { Actor } from './actor.ts'

/** Who presents an API token. */
export interface TokenBearer {
  /** Narrowed to the token's scope. */
  readonly actor: Actor
  readonly tokenId: string
  /** Before this use. */
  readonly lastUsedAt: Date | null
}

/** Who somebody is in the repository's eyes. */
export interface ActorReader {
  /** A visitor who has not signed in. */
  anonymous(): Promise<Actor>
  /**
   * The person with every group through nesting and every container administered, in one statement.
   *
   * @param session.sessionId the session that the person's token names; another one than the stored means undefined
   * @returns undefined when there is no such person, or the person may not log in, or the session has ended
   */
  person(
    personId: string,
    session?: { sessionId: string; specialGroupIds?: readonly string[] },
  ): Promise<Actor | undefined>
  /**
   * The same for whoever bears the API token with this digest, in one statement.
   *
   * @returns undefined when there is no such token, or it has expired, or its person may not log in
   */
  bearer(digest: Uint8Array, now: Date): Promise<TokenBearer | undefined>
  /**
   * The same for whom a provider has named, with the groups of the repository that have the names of the provider's.
   *
   * @returns undefined when nobody is linked with the name, or the person may not log in
   */
  identified(
    identity: Pick<Identity, 'issuer' | 'subject' | 'groups'>,
  ): Promise<{ readonly actor: Actor; readonly email: string } | undefined>
}
