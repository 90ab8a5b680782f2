import type { DSpaceSession } from '@hexapla/client'
import { pipeToOutput } from '../terminal/pipe-to-output.ts'
import { printDocument } from '../terminal/print-document.ts'
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
    printDocument(terminal, await response.json())
  } else if (response.body !== null) {
    await pipeToOutput(response.body)
  }
}
