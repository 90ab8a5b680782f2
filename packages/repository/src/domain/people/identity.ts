/** Somebody as an OpenID provider tells of them, its token already checked. */
export interface Identity {
  readonly issuer: string
  /** The provider's name for the person, which it never gives to another one. */
  readonly subject: string
  /** An address that the provider has made sure of; null when it tells none, or one that nobody checked. */
  readonly email: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  /** Names of the groups that the provider says the person is in. */
  readonly groups: readonly string[]
}

/** Whom of a provider's people the repository takes. */
export interface SignInRules {
  /** Whether somebody new gets an account. */
  readonly makePeople: boolean
  /** Domains of addresses; empty for any. */
  readonly domains: readonly string[]
  /** Groups of the provider of which one is needed; empty for any. */
  readonly groups: readonly string[]
}

/**
 * Whether the rules take somebody.
 *
 * @param email of the account that is there already, where the provider tells none
 */
export function admits(
  { domains, groups }: SignInRules,
  identity: Identity,
  email: string | null = identity.email,
): boolean {
  const domain = email?.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return (
    (domains.length === 0 || (domain !== undefined && domains.includes(domain))) &&
    (groups.length === 0 || identity.groups.some((group) => groups.includes(group)))
  )
}
