import type { Command } from 'commander'
import { readEnvironment } from '@hexapla/server'
import { withSession } from '../remote/with-session.ts'
import { sessionPlace } from '../remote/session-place.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla logout`: ends the session. */
export function addLogout(program: Command): void {
  program
    .command('logout')
    .description('End the session. DSpace ends all sessions of the account with it, on every device.')
    .action(async (_options: object, command: Command) => {
      const terminal = terminalOf(command)
      const endpoint = await withSession(async (session) => {
        await session.logout()
        return session.endpoint
      })
      await sessionPlace(readEnvironment()).remove()
      terminal.print(terminal.json ? JSON.stringify({ endpoint }) : `logged out of ${endpoint}`)
    })
}
