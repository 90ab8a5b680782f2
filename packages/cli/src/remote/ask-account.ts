import { ask, readLineOfInput } from '../terminal/ask.ts'

/** How an account is named. */
export interface AccountOptions {
  readonly user?: string
  readonly passwordStdin?: boolean
}

/** Name and password of an account, asked for where they were not given. @throws CommandError `USAGE` */
export async function askAccount(
  options: AccountOptions,
  signal: AbortSignal,
): Promise<{ readonly user: string; readonly password: string }> {
  const user = options.user ?? (await ask('user: ', { otherwise: 'use --user', signal }))
  const password =
    options.passwordStdin === true
      ? await readLineOfInput()
      : await ask('password: ', { secret: true, otherwise: 'use --password-stdin', signal })
  return { user, password }
}
