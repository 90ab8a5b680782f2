import { invalid } from '../errors.ts'

/**
 * An e-mail address as it is kept: without surrounding space and in lower case, as the original does. Whether mail
 * arrives there is not told by its form, so all that is asked of it is one `@` between other characters.
 *
 * @throws DomainError `INVALID` with `field` `email`
 */
export function readEmail(text: string): string {
  const email = text.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw invalid('An e-mail address is needed', 'email')
  return email
}
