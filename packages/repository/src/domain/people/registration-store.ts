/** Somebody who has registered, and not shown yet that the address is theirs. */
export interface Registration {
  /** uuid of the person to be */
  readonly id: string
  /** In lower case. */
  readonly email: string
  /** argon2id, PHC form */
  readonly passwordHash: string
  readonly expiresAt: Date
}

/** Registrations that wait for their code. */
export interface RegistrationStore {
  /** @throws DomainError `CONFLICT` with `field` `email` when there is one for the address */
  insert(registration: Registration): Promise<void>
  /**
   * Gives a registration its code, in place of an earlier one.
   *
   * @returns its address; undefined when it is there no more
   */
  setCode(id: string, digest: Uint8Array, now: Date): Promise<string | undefined>
  /** Takes away the registration of an address with its code, unless it has expired: who asks first gets it. */
  take(email: string, digest: Uint8Array, now: Date): Promise<Registration | undefined>
  deleteExpired(now: Date): Promise<void>
}
