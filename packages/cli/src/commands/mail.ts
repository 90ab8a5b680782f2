import type { Command } from 'commander'
import { withLocalOptions, type LocalOptions } from '../local/local-options.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla mail`: messages that nobody has delivered. */
export function addMail(program: Command): void {
  withLocalOptions(program.command('mail [id]'))
    .description('List the messages that were kept for want of an SMTP server, or show one.')
    .addHelpText('after', HELP)
    .action(async (id: string | undefined, options: LocalOptions, command: Command) => {
      const { showMail } = await import('../local/show-mail.ts')
      await showMail(terminalOf(command), id, options)
    })
}

const HELP = `
Without HEXAPLA_SMTP_URL the repository keeps its messages in the folder mail of the data directory.

Examples:
  hexapla mail
  hexapla mail latest
`
