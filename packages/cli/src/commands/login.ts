import type { Command } from 'commander'
import type { LoginOptions } from '../remote/login.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla login`: begins a session with a server. */
export function addLogin(program: Command): void {
  program
    .command('login <url>')
    .description('Log in to a Hexapla or DSpace server and stay logged in.')
    .option('--user <email>', 'e-mail address or net id of the account')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .option('--device', 'sign in on another device, with the OpenID provider of the server')
    .option('--client-id <id>', 'the client to be to the provider, where the server names none')
    .addHelpText('after', HELP)
    .action(async (url: string, options: LoginOptions, command: Command) => {
      const { login } = await import('../remote/login.ts')
      await login(terminalOf(command), url, options)
    })
}

const HELP = `
The URL is the address under which the server shows its HAL browser, such as https://demo.dspace.org/server; one
without a path means its /server. With --device a code is shown, to be entered in any browser. The session is kept in ~/.config/hexapla/session.json, readable for you alone; the
password is not kept. Programs may set HEXAPLA_ENDPOINT and HEXAPLA_TOKEN (hexapla token), or HEXAPLA_USER and
HEXAPLA_PASSWORD, instead of logging in.

Examples:
  hexapla login http://127.0.0.1:8080 --user ada@example.org
  hexapla login https://repository.example.org --device
  echo "$PASSWORD" | hexapla login https://demo.dspace.org/server --user ada@example.org --password-stdin
`
