import { access } from 'node:fs/promises'
import { downloadToFile, type Downloading, type DownloadToFileOptions } from '@hexapla/client/node'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import { formatBytes } from '../terminal/format.ts'
import { createProgress } from '../terminal/progress.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** How a file is written. */
export interface SaveOptions {
  /** Goes on with a download that was interrupted. */
  readonly resume?: boolean
  /** Replaces a file that is there. */
  readonly force?: boolean
}

/** A file to fetch. */
export interface WantedFile {
  /** Where its bytes are. */
  readonly path: string
  /** Where they go. */
  readonly file: string
  /** bytes */
  readonly size: number | undefined
  readonly checksum: DownloadToFileOptions['checksum'] | undefined
}

/** Fetches a file in sight of whoever waits, checks it, gives it its name and tells of it. @throws CommandError `FILE_EXISTS` */
export async function saveFile(
  terminal: Terminal,
  session: Downloading,
  { path, file, size, checksum }: WantedFile,
  options: SaveOptions & { readonly signal: AbortSignal },
): Promise<void> {
  if (options.force !== true && (await exists(file))) {
    throw new CommandError('FILE_EXISTS', `${file} is there already: use --force to replace it`, EXIT.FAILURE)
  }
  const progress = createProgress(terminal, { label: file, unit: 'bytes' })
  const wanted: DownloadToFileOptions = {
    ...(size !== undefined && { size }),
    ...(checksum !== undefined && { checksum }),
    ...(options.resume === true && { resume: true }),
    onProgress: ({ receivedBytes, totalBytes }) => progress.update(receivedBytes, totalBytes),
    signal: options.signal,
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
