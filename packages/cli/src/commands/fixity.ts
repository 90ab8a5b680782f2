import type { Command } from 'commander'
import { EXIT } from '../exit-code.ts'
import { withLocalOptions, type LocalOptions } from '../local/local-options.ts'
import type { EndWith } from '../program.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla fixity`: reads every file anew and compares its digest. */
export function addFixity(program: Command, endWith: EndWith): void {
  withLocalOptions(program.command('fixity'))
    .description('Read every file anew and compare its SHA-256. A server may run meanwhile.')
    .addHelpText('after', HELP)
    .action(async (options: LocalOptions, command: Command) => {
      const { checkFixity } = await import('../local/check-fixity.ts')
      if (!(await checkFixity(terminalOf(command), options))) endWith(EXIT.FAILURE)
    })
}

const HELP = `
Each content that is changed or missing is printed; the exit code is 1 when there is one.

Examples:
  hexapla fixity
  hexapla fixity --data /srv/hexapla --json
`
