import { Writable } from 'node:stream'
import type { DSpaceSession } from '@hexapla/client'
import type { Terminal } from '../terminal/terminal.ts'
import { apiPath } from './api-path.ts'
import { withSession } from './with-session.ts'

/** Options of `hexapla get`. */
export interface GetOptions {
  readonly all?: boolean
}

/** Prints a document, or all records of a list. */
export function get(terminal: Terminal, path: string, { all }: GetOptions): Promise<void> {
  return withSession((session) =>
    all === true ? printAll(terminal, session, path) : printOne(terminal, session, path),
  )
}

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
