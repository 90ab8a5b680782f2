import { ClientError, LoginError } from '../errors.ts'
import type { Auth } from './auth.ts'

/**
 * {@link Auth} by name and password (RFC 7617), in UTF-8.
 *
 * @throws {LoginError} `credentials_missing` when only one of them is given
 * @throws {ClientError} `options_invalid` for a name with a colon, which ends the name
 */
export function basicAuth(username: string | undefined, password: string | undefined): Auth {
  if (username === undefined || password === undefined) {
    throw new LoginError('credentials_missing', 'Name and password go together')
  }
  if (username.includes(':')) {
    throw new ClientError('options_invalid', 'A name must not contain a colon')
  }
  const bytes = new TextEncoder().encode(`${username}:${password}`)
  const authorization = `Basic ${btoa(String.fromCharCode(...bytes))}`
  return { authorization: () => Promise.resolve(authorization), refused: () => undefined }
}
