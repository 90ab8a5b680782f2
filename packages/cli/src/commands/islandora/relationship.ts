import { Option, type Command } from 'commander'
import type { NewRelationship } from '@hexapla/client'
import { terminalOf } from '../../terminal/terminal-of.ts'

/** `hexapla islandora relationship`. */
export function addRelationship(islandora: Command): void {
  const relationship = islandora
    .command('relationship')
    .description('relationships of objects')
    .addHelpText('after', HELP)
  relationship
    .command('list <pid> [predicate] [object]')
    .description('list the relationships of an object')
    .option('--literal', 'the object is a text')
    .action(async (...[pid, predicate, object, options, command]: FilterArguments) =>
      (await relationships()).listRelationships(terminalOf(command), { ...options, pid, predicate, object }),
    )
  relationship
    .command('add <pid> <predicate> <object>')
    .description('add a relationship')
    .addOption(
      new Option('--type <type>', 'what the object is; none is a text without a type')
        .choices(['uri', 'string', 'int', 'date', 'none'])
        .default('uri'),
    )
    .action(async (pid: string, predicate: string, object: string, options: AddOptions, command: Command) =>
      (await relationships()).addRelationship(terminalOf(command), { ...options, pid, predicate, object }),
    )
  relationship
    .command('remove <pid> [predicate] [object]')
    .description('remove relationships')
    .option('--literal', 'the object is a text')
    .option('--all', 'every relationship of the object')
    .action(async (...[pid, predicate, object, options, command]: FilterArguments) =>
      (await relationships()).removeRelationships(terminalOf(command), {
        ...options,
        pid,
        predicate,
        object,
      }),
    )
}

interface AddOptions {
  readonly type: NonNullable<NewRelationship['type']>
}

type FilterArguments = [
  pid: string,
  predicate: string | undefined,
  object: string | undefined,
  options: { readonly literal?: boolean; readonly all?: boolean },
  command: Command,
]

const HELP = `
A predicate is a name with one of the prefixes fedora, fedora-model and islandora, or a whole URI.

Examples:
  hexapla islandora relationship list islandora:5
  hexapla islandora relationship add islandora:5 fedora:isMemberOfCollection islandora:maps
  hexapla islandora relationship add islandora:5 islandora:isPageNumber 7 --type none
  hexapla islandora relationship remove islandora:5 fedora-model:hasModel islandora:sp_pdf
`

const relationships = () => import('../../remote/islandora/relationships.ts')
