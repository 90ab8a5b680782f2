import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Terminal } from '../terminal/terminal.ts'
import { apiPath } from './api-path.ts'
import { withSession } from './with-session.ts'

/** Options of `hexapla put`. */
export interface PutOptions {
  readonly type: string
  readonly ifMatch?: string
}

/** Replaces a document by a file, or by standard input where the file is `-`, and prints the answer. */
export function put(
  terminal: Terminal,
  task: { readonly path: string; readonly file: string; readonly options: PutOptions },
): Promise<void> {
  const { path, file, options } = task
  return withSession(async (session) => {
    const body = file === '-' ? await buffer(process.stdin) : await readFile(file)
    const { type, ifMatch } = options
    const headers = { 'content-type': type, ...(ifMatch !== undefined && { 'if-match': ifMatch }) }
    const text = await (await session.put(apiPath(path), { body, headers })).text()
    if (text !== '') terminal.print(terminal.json ? text : pretty(text))
  })
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch (error) {
    // An answer need not be JSON.
    if (error instanceof SyntaxError) return text
    throw error
  }
}
