/** A datastream by its object's record and its name there. */
export interface DatastreamPlace {
  readonly recordId: string
  readonly dsid: string
}

/** What lets its bearer read one datastream so many times, for a while. Its secret text is kept nowhere. */
export interface DatastreamToken extends DatastreamPlace {
  /** In whose name it is read; null for a visitor. */
  readonly personId: string | null
  readonly uses: number
  readonly expiresAt: Date
}

export interface DatastreamTokenStore {
  /** Keeps a token, and forgets those that have ended. */
  insert(token: DatastreamToken, digest: Uint8Array, now: Date): Promise<void>
  /**
   * Counts a use of a token for a datastream: of several at once, as many succeed as uses are left.
   *
   * @returns in whose name it is; undefined when there is no such token, or it has ended
   */
  use(
    place: DatastreamPlace,
    digest: Uint8Array,
    now: Date,
  ): Promise<{ readonly personId: string | null } | undefined>
}
