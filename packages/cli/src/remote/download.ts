import { access } from 'node:fs/promises'
import type { DSpaceSession } from '@hexapla/client'
import { downloadToFile, type DownloadToFileOptions } from '@hexapla/client/node'
import { CommandError, usageError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import { formatBytes } from '../terminal/format.ts'
import { createProgress } from '../terminal/progress.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { describeFile } from './describe-file.ts'
import { withSession } from './with-session.ts'

/** Options of `hexapla download`. */
export interface DownloadOptions {
  readonly output?: string
  readonly resume?: boolean
  readonly force?: boolean
}

/** Fetches a file, checks it, and gives it its name. */
export function download(terminal: Terminal, bitstream: string, options: DownloadOptions): Promise<void> {
  return withSession((session, signal) => fetchFile(terminal, session, { bitstream, options, signal }))
}

interface DownloadTask {
  readonly bitstream: string
  readonly options: DownloadOptions
  readonly signal: AbortSignal
}

async function fetchFile(terminal: Terminal, session: DSpaceSession, task: DownloadTask): Promise<void> {
  const { bitstream, options, signal } = task
  const { path, name, size, checksum } = await describeFile(session, bitstream, signal)
  const file = options.output ?? name
  if (file === undefined) throw usageError('The server tells no name of the file: give one with --output')
  if (options.force !== true && (await exists(file))) {
    throw new CommandError('FILE_EXISTS', `${file} is there already: use --force to replace it`, EXIT.FAILURE)
  }
  const progress = createProgress(terminal, { label: file, unit: 'bytes' })
  const wanted: DownloadToFileOptions = {
    ...(size !== undefined && { size }),
    ...(checksum !== undefined && { checksum }),
    ...(options.resume === true && { resume: true }),
    onProgress: ({ receivedBytes, totalBytes }) => progress.update(receivedBytes, totalBytes),
    signal,
  }
  try {
    const done = await downloadToFile(session, path, file, wanted)
    progress.end()
    const result = { path: done.path, size: done.size, resumedFrom: done.resumedFrom, checksum }
    terminal.print(terminal.json ? JSON.stringify(result) : `${done.path}  ${formatBytes(done.size)}`)
  } finally {
    progress.end()
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
