import type { Command } from 'commander'
import { EXIT } from '../exit-code.ts'
import { withLocalOptions } from '../local/local-options.ts'
import type { HarvestCommandOptions } from '../local/run-harvest.ts'
import type { EndWith } from '../program.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla harvest`: brings collections up to date with the OAI-PMH providers that they come from. */
export function addHarvest(program: Command, endWith: EndWith): void {
  withLocalOptions(program.command('harvest [collections...]'))
    .description(
      'Harvest collections by OAI-PMH; without any, all that are set up. A server may run meanwhile.',
    )
    .option('--full', 'ask for every record, not for what has changed since the last time alone')
    .addHelpText('after', HELP)
    .action(async (collections: string[], options: HarvestCommandOptions, command: Command) => {
      const { runHarvest } = await import('../local/run-harvest.ts')
      const isWhole = await runHarvest(terminalOf(command), collections, options)
      if (!isWhole) endWith(EXIT.PARTLY_DONE)
    })
}

const HELP = `
A collection is named by its uuid or handle. Where it comes from is set with PUT core/collections/UUID/harvester;
HEXAPLA_HARVEST_HOSTS names the hosts that may be asked. A row is printed for each record that is new, changed, deleted
or faulty. Interrupted or killed at any moment, the same command goes on. The exit code is 6 when records were faulty,
or some of several collections could not be harvested.

Examples:
  hexapla harvest
  hexapla harvest 123456789/2 --full
  hexapla harvest 0b6f1d0e-5c5e-4a43-8f0e-0a2f7a0b5a51 --json
`
