import { access } from 'node:fs/promises'
import type { Command } from 'commander'
import type { DSpaceSession } from '@hexapla/client'
import { downloadToFile, type DownloadToFileOptions } from '@hexapla/client/node'
import { CommandError, usageError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import { describeFile } from '../remote/describe-file.ts'
import { withSession } from '../remote/with-session.ts'
import { formatBytes } from '../terminal/format.ts'
import { createProgress } from '../terminal/progress.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface DownloadOptions {
  readonly output?: string
  readonly resume?: boolean
  readonly force?: boolean
}

/** `hexapla download`: fetches a file. */
export function addDownload(program: Command): void {
  program
    .command('download <bitstream> [file]')
    .description('Fetch a file by its uuid or URL, and check its size and checksum.')
    .option('-o, --output <file>', 'where to write it (default: its name, here)')
    .option('--resume', 'go on with a download that was interrupted')
    .option('--force', 'replace a file that is there')
    .addHelpText('after', HELP)
    .action((bitstream: string, file: string | undefined, options: DownloadOptions, command: Command) =>
      withSession((session, signal) =>
        download(terminalOf(command), session, {
          bitstream,
          options: { ...options, ...(file !== undefined && { output: file }) },
          signal,
        }),
      ),
    )
}

const HELP = `
It is written to FILE.part first, which stays after an interruption for --resume.

Examples:
  hexapla download 2b1d0c9f-94f1-4b0e-8a3f-7f0f5f0a7e11
  hexapla download 2b1d0c9f-94f1-4b0e-8a3f-7f0f5f0a7e11 -o survey.zip --resume
`

interface DownloadTask {
  readonly bitstream: string
  readonly options: DownloadOptions
  readonly signal: AbortSignal
}

async function download(terminal: Terminal, session: DSpaceSession, task: DownloadTask): Promise<void> {
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
