import { Option, type Command } from 'commander'
import type { NewObject, ObjectChange } from '@hexapla/client'
import { terminalOf } from '../../terminal/terminal-of.ts'

/** `hexapla islandora object`. */
export function addObject(islandora: Command): void {
  const object = islandora.command('object').description('objects').addHelpText('after', HELP)
  object
    .command('get <pid>')
    .description('read an object')
    .action(async (pid: string, _options: object, command: Command) =>
      (await objects()).getObject(terminalOf(command), pid),
    )
  object
    .command('create')
    .description('make an object and tell its pid')
    .option('--pid <pid>', 'its own pid')
    .option('--namespace <name>', 'the next pid of this namespace')
    .option('--label <text>', 'what it is called')
    .option('--owner <name>', 'whose it is (default: yours)')
    .action(async (options: NewObject, command: Command) =>
      (await objects()).createObject(terminalOf(command), options),
    )
  object
    .command('set <pid>')
    .description('change an object; what is not given stays')
    .option('--label <text>', 'what it is called')
    .option('--owner <name>', 'whose it is')
    .addOption(new Option('--state <state>', 'active, inactive, deleted').choices(['A', 'I', 'D']))
    .action(async (pid: string, options: ObjectChange, command: Command) =>
      (await objects()).setObject(terminalOf(command), pid, options),
    )
  object
    .command('delete <pid...>')
    .description('delete objects with everything in them')
    .action(async (pids: string[], _options: object, command: Command) =>
      (await objects()).deleteObjects(terminalOf(command), pids),
    )
}

const HELP = `
Examples:
  hexapla islandora object get islandora:root
  hexapla islandora object create --namespace letters --label 'To Charles Babbage'
  hexapla islandora object set letters:1 --state I
  hexapla islandora object delete letters:1 letters:2
`

const objects = () => import('../../remote/islandora/objects.ts')
