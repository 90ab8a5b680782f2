import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { usageError } from '../command-error.ts'

/**
 * Asks a person at the terminal.
 *
 * @param options.secret what is typed is not shown
 * @throws CommandError `USAGE` when nobody is there to ask; the signal's reason
 */
export async function ask(
  question: string,
  options: { readonly secret?: boolean; readonly otherwise: string; readonly signal: AbortSignal },
): Promise<string> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) throw usageError(`There is no terminal to ask for it: ${options.otherwise}`)
  stderr.write(question)
  // The line editor echoes what is typed to its output: nowhere, for a secret.
  const output =
    options.secret === true ? new Writable({ write: (_chunk, _encoding, done) => done() }) : stderr
  const reader = createInterface({ input: stdin, output, terminal: true })
  // In raw mode Ctrl-C is a character, not a signal.
  reader.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // At the end of the input (Ctrl-D) the answer would never come.
  const ended = new AbortController()
  reader.once('close', () => ended.abort(usageError('Nothing was typed')))
  try {
    return await reader.question('', { signal: AbortSignal.any([options.signal, ended.signal]) })
  } catch (error) {
    ended.signal.throwIfAborted()
    options.signal.throwIfAborted()
    throw error
  } finally {
    reader.close()
    if (options.secret === true) stderr.write('\n')
  }
}

/** The first line of standard input, for passwords that programs hand over. @throws CommandError `USAGE` when it is empty */
export async function readLineOfInput(): Promise<string> {
  const line = (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? ''
  if (line === '') throw usageError('Standard input has no password')
  return line
}
