import { usageError } from '../command-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { describeFile } from './describe-file.ts'
import { saveFile, type SaveOptions } from './save-file.ts'
import { withSession } from './with-session.ts'

/** Options of `hexapla download`. */
export interface DownloadOptions extends SaveOptions {
  readonly output?: string
}

/** Fetches a file, checks it, and gives it its name. */
export function download(terminal: Terminal, bitstream: string, options: DownloadOptions): Promise<void> {
  return withSession(async (session, signal) => {
    const { name, ...described } = await describeFile(session, bitstream, signal)
    const file = options.output ?? name
    if (file === undefined) throw usageError('The server tells no name of the file: give one with --output')
    await saveFile(terminal, session, { ...described, file }, { ...options, signal })
  })
}
