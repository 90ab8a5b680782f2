/** Keeps passwords so that nobody can read them back. */
export interface PasswordHasher {
  /** @returns the hash with its salt and parameters, as text */
  hash(password: string): Promise<string>
  /**
   * Whether a password is the one that was hashed. Without a hash it takes as long as with one and says no, so that
   * nobody can measure who exists.
   */
  verify(hash: string | null, password: string): Promise<boolean>
}
