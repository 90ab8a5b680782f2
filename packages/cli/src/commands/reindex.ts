import type { Command } from 'commander'
import { withLocalOptions, type LocalOptions } from '../local/local-options.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla reindex`: writes the search index anew. */
export function addReindex(program: Command): void {
  withLocalOptions(program.command('reindex'))
    .description('Write the search index anew. A server may run meanwhile.')
    .addHelpText('after', HELP)
    .action(async (options: LocalOptions, command: Command) => {
      const { rebuildIndex } = await import('../local/rebuild-index.ts')
      await rebuildIndex(terminalOf(command), options)
    })
}

const HELP = `
Searches go on, on what is there. When it is interrupted, the next run goes on where it was.

Examples:
  hexapla reindex
  hexapla reindex --data /srv/hexapla --json
`
