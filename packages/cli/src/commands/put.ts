import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { apiPath } from '../remote/api-path.ts'
import { withSession } from '../remote/with-session.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

interface PutOptions {
  readonly type: string
  readonly ifMatch?: string
}

/** `hexapla put`: replaces a document. */
export function addPut(program: Command): void {
  program
    .command('put <path> <file>')
    .description('Replace a document of the server by a file, or by standard input (-).')
    .option('--type <media type>', 'what the file is', 'application/json')
    .option('--if-match <etag>', 'only if the document still has this ETag')
    .addHelpText('after', HELP)
    .action((path: string, file: string, { type, ifMatch }: PutOptions, command: Command) =>
      withSession(async (session) => {
        const body = file === '-' ? await buffer(process.stdin) : await readFile(file)
        const headers = { 'content-type': type, ...(ifMatch !== undefined && { 'if-match': ifMatch }) }
        const response = await session.put(apiPath(path), { body, headers })
        const text = await response.text()
        const terminal = terminalOf(command)
        if (text !== '') terminal.print(terminal.json ? text : pretty(text))
      }),
    )
}

const HELP = `
Examples:
  hexapla get core/items/6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11 > item.json
  hexapla put core/items/6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11 item.json
`

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch (error) {
    // An answer need not be JSON.
    if (error instanceof SyntaxError) return text
    throw error
  }
}
