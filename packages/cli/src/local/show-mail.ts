import { listKeptMail } from '@hexapla/repository'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { LocalOptions } from './local-options.ts'
import { readConfig } from './read-config.ts'

/** Lists the messages that were kept, the oldest first, or shows one. */
export async function showMail(
  terminal: Terminal,
  wanted: string | undefined,
  { data }: LocalOptions,
): Promise<void> {
  const kept = await listKeptMail(readConfig({ HEXAPLA_DATA: data }).dataDirectory)
  if (wanted === undefined) {
    for (const mail of kept) {
      const { id, to, subject } = mail
      terminal.print(terminal.json ? JSON.stringify(mail) : `${id}  ${to}  ${subject}`)
    }
    return
  }
  const mail = wanted === 'latest' ? kept.at(-1) : kept.find(({ id }) => id === wanted)
  if (mail === undefined) throw new CommandError('NOT_FOUND', `there is no message ${wanted}`, EXIT.NOT_FOUND)
  const { from, to, date, subject, text } = mail
  const lines = [`From: ${from}`, `To: ${to}`, `Date: ${date}`, `Subject: ${subject}`, '', text.trimEnd()]
  terminal.print(terminal.json ? JSON.stringify(mail) : lines.join('\n'))
}
