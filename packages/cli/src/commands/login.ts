import type { Command } from 'commander'
import { DSpaceSession } from '@hexapla/client'
import { readEnvironment } from '@hexapla/server'
import { interruptible } from '../interruption.ts'
import { sessionPlace } from '../remote/session-place.ts'
import { ask, readLineOfInput } from '../terminal/ask.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface LoginOptions {
  readonly user?: string
  readonly passwordStdin?: boolean
}

/** `hexapla login`: begins a session with a server. */
export function addLogin(program: Command): void {
  program
    .command('login <url>')
    .description('Log in to a Hexapla or DSpace server and stay logged in.')
    .option('--user <email>', 'e-mail address or net id of the account')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .addHelpText('after', HELP)
    .action((url: string, options: LoginOptions, command: Command) =>
      login(terminalOf(command), url, options),
    )
}

const HELP = `
The URL is the address under which the server shows its HAL browser, such as https://demo.dspace.org/server; one
without a path means its /server. The session is kept in ~/.config/hexapla/session.json, readable for you alone; the
password is not kept. Programs may set HEXAPLA_ENDPOINT, HEXAPLA_USER and HEXAPLA_PASSWORD instead of logging in.

Examples:
  hexapla login http://127.0.0.1:8080 --user ada@example.org
  echo "$PASSWORD" | hexapla login https://demo.dspace.org/server --user ada@example.org --password-stdin
`

function login(terminal: Terminal, url: string, options: LoginOptions): Promise<void> {
  return interruptible(async (signal) => {
    const user = options.user ?? (await ask('user: ', { otherwise: 'use --user', signal }))
    const password =
      options.passwordStdin === true
        ? await readLineOfInput()
        : await ask('password: ', { secret: true, otherwise: 'use --password-stdin', signal })
    const session = await DSpaceSession.login(endpointOf(url), { user, password, signal })
    await sessionPlace(readEnvironment()).save(session.state())
    const { endpoint } = session
    terminal.print(terminal.json ? JSON.stringify({ endpoint, user }) : `logged in to ${endpoint} as ${user}`)
  })
}

function endpointOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.pathname === '/' ? new URL('/server', parsed).href : url
}
