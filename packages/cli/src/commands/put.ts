import type { Command } from 'commander'
import type { PutOptions } from '../remote/put.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla put`: replaces a document. */
export function addPut(program: Command): void {
  program
    .command('put <path> <file>')
    .description('Replace a document of the server by a file, or by standard input (-).')
    .option('--type <media type>', 'what the file is', 'application/json')
    .option('--if-match <etag>', 'only if the document still has this ETag')
    .addHelpText('after', HELP)
    .action(async (path: string, file: string, options: PutOptions, command: Command) => {
      const { put } = await import('../remote/put.ts')
      await put(terminalOf(command), { path, file, options })
    })
}

const HELP = `
Examples:
  hexapla get core/items/6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11 > item.json
  hexapla put core/items/6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11 item.json
`
