import type { Command } from 'commander'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla logout`: ends the session. */
export function addLogout(program: Command): void {
  program
    .command('logout')
    .description('End the session. DSpace ends all sessions of the account with it, on every device.')
    .action(async (_options: object, command: Command) => {
      const { logout } = await import('../remote/logout.ts')
      await logout(terminalOf(command))
    })
}
