import { invalid } from '../errors.ts'

/** Length is what counts (NIST SP 800-63B section 3.1.1.2); no rules about kinds of characters. */
const SHORTEST = 8
/** Nobody types more; hashing megabytes would only keep the server busy. */
const LONGEST = 1024

/**
 * Refuses a password that is too short to be one.
 *
 * @throws DomainError `INVALID` with `field` `password`
 */
export function requireStrongPassword(password: string): void {
  if (password.length < SHORTEST || password.length > LONGEST) {
    throw invalid(`A password has ${SHORTEST} to ${LONGEST} characters`, 'password')
  }
}
