/** A session as a store keeps it. Stores look into nothing but version and expiry. */
export interface StoredSession {
  /** Opaque text. */
  readonly data: string
  /** Counts the states of the session, from 1. */
  readonly version: number
  /** From when on the session is not there any more; whole milliseconds since 1970. */
  readonly expiresAt: number
}

/**
 * Where {@link Sessions} are kept. To each method an expired session is one that does not exist.
 *
 * What is kept is encrypted, under the hash of the session's id: who reads the store can neither take over a session
 * nor see what is in it.
 */
export interface SessionStore {
  /** Rejects when the key is taken. */
  create(key: string, session: StoredSession): Promise<void>
  read(key: string): Promise<StoredSession | undefined>
  /** Writes the next state, if the one that is there is its predecessor: `session.version - 1`. Tells whether. */
  replace(key: string, session: StoredSession): Promise<boolean>
  /** Tells whether there was one. */
  delete(key: string): Promise<boolean>
  /** Removes what has expired, where the store does not do so by itself; the number removed. */
  sweep(): Promise<number>
}
