import { Option, type Command } from 'commander'
import { EXIT } from '../exit-code.ts'
import { withLocalOptions } from '../local/local-options.ts'
import type { ImportCommandOptions, ImportFormat } from '../local/run-import.ts'
import type { EndWith } from '../program.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import { readCount } from './read-count.ts'

/** `hexapla import`: items in an exchange format, past any server. */
export function addImport(program: Command, endWith: EndWith): void {
  const parent = program
    .command('import')
    .description('Import items. A server may run on the data directory meanwhile.')
    .addHelpText('after', HELP)
  const add = (format: ImportFormat, description: string): Command =>
    withImportOptions(parent.command(`${format} <source>`))
      .description(description)
      .action(async (source: string, options: ImportCommandOptions, command: Command) => {
        const { runImport } = await import('../local/run-import.ts')
        const isWhole = await runImport(terminalOf(command), { source, format, options })
        if (!isWhole) endWith(EXIT.PARTLY_DONE)
      })
  add('saf', "DSpace's Simple Archive Format: a directory or a ZIP archive")
  add(
    'datapackage',
    'a Frictionless Data Package, an item a resource: its descriptor, a directory or a ZIP archive',
  )
  add('hysds', 'products of HySDS, a dataset a folder with ID.dataset.json: a directory or a ZIP archive')
    .option('--dataset <name>', 'the name of datasets that have none in their descriptions')
    .option('--type <type>', 'their type')
  add('geojson', 'features of GeoJSON, each a dataset: a file with a FeatureCollection')
    .requiredOption('--dataset <name>', 'the name of the datasets')
    .requiredOption('--type <type>', 'their type')
    .option('--id <property>', 'the property that names a dataset for ever (default: the id of the feature)')
    .option('--start <property>', 'when it began: ISO 8601, or milliseconds since 1970')
    .option('--end <property>', 'when it ended (default: as it began)')
    .option('--label <property>', 'what it is called (default: title, name, or its id)')
}

function withImportOptions(command: Command): Command {
  return withLocalOptions(command)
    .option('--collection <id>', 'uuid or handle of the collection for items that name none')
    .option('--map <file>', 'keeps which items are imported, as KEY<tab>HANDLE (default: SOURCE.map here)')
    .option('--name <name>', 'names the import in the repository (default: by the path of the map file)')
    .option('--resume', 'go on with an import that was begun: what it has brought is left out')
    .option('--dry-run', 'read and check everything, import nothing')
    .addOption(
      new Option('--on-fault <what>', 'leave faulty items out, or stop at the first')
        .choices(['skip', 'stop'])
        .default('skip'),
    )
    .option('--chunk-size <number>', 'items that are committed together', readCount(1, 10_000), 50)
    .option('--submitter <email>', 'the account that the items are recorded as submitted by')
}

const HELP = `
A row is printed for each item, with --json as JSON; the exit code is 6 when some were faulty.
Killed at any moment, the same command with --resume imports the rest, and nothing twice.

Examples:
  hexapla import saf export.zip --collection 123456789/2 --dry-run
  hexapla import saf export.zip --collection 123456789/2
  hexapla import saf export.zip --collection 123456789/2 --resume
  hexapla import datapackage ./datapackage.json --collection 0b6f1d0e-5c5e-4a43-8f0e-0a2f7a0b5a51
  hexapla import hysds ./products --dataset S1-SLC --type acquisition --collection 123456789/2
  hexapla import geojson quakes.json --dataset quakes --type event --start time --collection 123456789/2
`
