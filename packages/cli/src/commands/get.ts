import { Writable } from 'node:stream'
import type { Command } from 'commander'
import type { DSpaceSession } from '@hexapla/client'
import { apiPath } from '../remote/api-path.ts'
import { withSession } from '../remote/with-session.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface GetOptions {
  readonly all?: boolean
}

/** `hexapla get`: reads a document, or all records of a list. */
export function addGet(program: Command): void {
  program
    .command('get <path>')
    .description('Read a document of the server.')
    .option('--all', 'follow the pages of a list and print its records, one a line')
    .addHelpText('after', HELP)
    .action((path: string, { all }: GetOptions, command: Command) =>
      withSession(async (session) => {
        if (all === true) await printAll(terminalOf(command), session, path)
        else await printOne(terminalOf(command), session, path)
      }),
    )
}

const HELP = `
/… goes after the address of the server, core/items after its /api/.

Examples:
  hexapla get core/communities
  hexapla get 'core/items?size=100&embed=owningCollection' --all
  hexapla get /actuator/info
`

async function printAll(terminal: Terminal, session: DSpaceSession, path: string): Promise<void> {
  for await (const record of session.items(apiPath(path))) terminal.print(JSON.stringify(record))
}

async function printOne(terminal: Terminal, session: DSpaceSession, path: string): Promise<void> {
  const headers = { accept: 'application/hal+json, application/json;q=0.9, */*;q=0.1' }
  const response = await session.get(apiPath(path), { headers })
  if (/[/+]json\b/.test(response.headers.get('content-type') ?? '')) {
    terminal.print(JSON.stringify(await response.json(), null, terminal.json ? 0 : 2))
  } else {
    // Standard output stays open for whoever writes to it next.
    const out = new Writable({
      write: (chunk: Uint8Array, _encoding, done) => process.stdout.write(chunk, done),
    })
    await response.body?.pipeTo(Writable.toWeb(out))
  }
}
