import type { Command } from 'commander'
import { withLocalOptions } from '../local/local-options.ts'
import type { ServeOptions } from '../local/serve.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla serve`: the repository with its server. */
export function addServe(program: Command): void {
  withLocalOptions(program.command('serve'))
    .description('Run the repository. The first start makes it, with an administrator and a sample.')
    .option('--host <address>', 'the address to listen on, in place of HEXAPLA_HOST')
    .option('--port <number>', 'the port to listen on, 0 for any; in place of HEXAPLA_PORT')
    .addHelpText('after', HELP)
    .action(async (options: ServeOptions, command: Command) => {
      const { serve } = await import('../local/serve.ts')
      await serve(terminalOf(command), options)
    })
}

const HELP = `
"listening on URL" on standard output says that it is ready; everything else goes to standard error.
SIGTERM or Ctrl-C: requests under way are answered, then it ends with code 0. Once more: it ends at once.

Examples:
  hexapla serve
  HEXAPLA_DATA=/srv/hexapla HEXAPLA_PUBLIC_URL=https://repository.example.org hexapla serve --port 9000
`
