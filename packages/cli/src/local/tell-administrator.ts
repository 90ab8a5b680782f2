import type { Repository } from '@hexapla/repository'
import type { Config } from '@hexapla/server'
import type { Terminal } from '../terminal/terminal.ts'

/** Tells of the administrator that a first start has made; a password that was made up is told here and never again. */
export function tellAdministrator(
  terminal: Terminal,
  config: Config,
  { administrator }: Pick<Repository, 'administrator'>,
): void {
  if (administrator === undefined) return
  const { email, password } = administrator
  terminal.note(
    config.administrator.password === undefined
      ? `administrator: ${email}, password: ${password} (shown this once; hexapla user set-password changes it)`
      : `administrator: ${email}`,
  )
}
