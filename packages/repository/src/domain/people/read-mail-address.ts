import { invalid } from '../errors.ts'
import { readEmail } from './email.ts'

/** What separates or surrounds addresses in headers (RFC 5322 section 3.2.3). */
const SPECIAL = String.raw`[^\s@.<>()\[\],;:\\"\p{Cc}]+`
const ADDRESS = new RegExp(`^${SPECIAL}(?:\\.${SPECIAL})*@(?:${SPECIAL}\\.)+${SPECIAL}$`, 'u')
/** RFC 5321 section 4.5.3.1: the longest path, without its brackets. */
const LONGEST = 254

/**
 * An e-mail address that mail can be sent to from here: one, of a domain with a dot. As it is kept, see `readEmail`.
 *
 * @throws DomainError `INVALID` with `field` `email`
 */
export function readMailAddress(text: string): string {
  const email = readEmail(text)
  // The last label of an address of the network is a number.
  if (email.length > LONGEST || !ADDRESS.test(email) || /\.\d+$/.test(email)) {
    throw invalid(`${email.slice(0, LONGEST)} is not a valid email`, 'email')
  }
  return email
}
