import type { Command } from 'commander'
import { withLocalOptions, type LocalOptions } from '../local/local-options.ts'
import type { AddOptions, PasswordOptions } from '../local/users.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla user`: accounts, past any server. */
export function addUser(program: Command): void {
  const user = program
    .command('user')
    .description('Accounts of the repository. A server may run on the data directory meanwhile.')
    .addHelpText('after', HELP)
  withPasswordOptions(user.command('add <email>'))
    .description('make an account')
    .option('--first-name <name>', 'first name')
    .option('--last-name <name>', 'last name')
    .option('--admin', 'who may do everything')
    .action(async (email: string, options: AddOptions, command: Command) =>
      (await users()).addUser(terminalOf(command), email, options),
    )
  withLocalOptions(user.command('list'))
    .description('list all accounts')
    .action(async (options: LocalOptions, command: Command) =>
      (await users()).listUsers(terminalOf(command), options),
    )
  withPasswordOptions(user.command('set-password <email>'))
    .description("change an account's password")
    .action(async (email: string, options: PasswordOptions, command: Command) =>
      (await users()).setPassword(terminalOf(command), email, options),
    )
  withLocalOptions(user.command('delete <email>'))
    .description('delete an account; what it submitted stays')
    .action(async (email: string, options: LocalOptions, command: Command) =>
      (await users()).deleteUser(terminalOf(command), email, options),
    )
}

const HELP = `
Examples:
  hexapla user add ada@example.org --first-name Ada --last-name Lovelace
  hexapla user add robot@example.org --random-password --json
  echo 'analytical engine' | hexapla user set-password ada@example.org --password-stdin
  hexapla user list
`

const users = () => import('../local/users.ts')

function withPasswordOptions(command: Command): Command {
  return withLocalOptions(command)
    .option('--password-stdin', 'read the password from the first line of standard input')
    .option('--random-password', 'make up a password and tell it')
}
