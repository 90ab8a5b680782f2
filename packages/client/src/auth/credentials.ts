import { LoginError } from '../errors.ts'

/** An account with a password. */
export interface Credentials {
  /** E-mail address, net id or name of the account. */
  readonly user: string
  readonly password: string
}

/**
 * Takes credentials out of options; `undefined` when neither part is given.
 *
 * @throws {LoginError} `credentials_missing` when a part is missing or blank.
 */
export function checkCredentials(options: {
  readonly user?: string | undefined
  readonly email?: string | undefined
  readonly password?: string | undefined
}): Credentials | undefined {
  const user = options.user ?? options.email
  const { password } = options
  if (user === undefined && password === undefined) return undefined
  if (user === undefined || user.trim() === '') {
    throw new LoginError('credentials_missing', 'The user must not be empty')
  }
  if (password === undefined || password.trim() === '') {
    throw new LoginError('credentials_missing', 'The password must not be empty')
  }
  return { user, password }
}
