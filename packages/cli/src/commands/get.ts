import type { Command } from 'commander'
import type { GetOptions } from '../remote/get.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla get`: reads a document, or all records of a list. */
export function addGet(program: Command): void {
  program
    .command('get <path>')
    .description('Read a document of the server.')
    .option('--all', 'follow the pages of a list and print its records, one a line')
    .addHelpText('after', HELP)
    .action(async (path: string, options: GetOptions, command: Command) => {
      const { get } = await import('../remote/get.ts')
      await get(terminalOf(command), path, options)
    })
}

const HELP = `
/… goes after the address of the server, core/items after its /api/.

Examples:
  hexapla get core/communities
  hexapla get 'core/items?size=100&embed=owningCollection' --all
  hexapla get /actuator/info
`
