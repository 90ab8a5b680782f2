import type { Command } from 'commander'
import type { DSpaceSession } from '@hexapla/client'
import { fileSource } from '@hexapla/client/node'
import { usageError } from '../command-error.ts'
import { requireBundle } from '../remote/require-bundle.ts'
import { withSession } from '../remote/with-session.ts'
import { formatBytes } from '../terminal/format.ts'
import { createProgress } from '../terminal/progress.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface UploadOptions {
  readonly bundle?: string
  readonly item?: string
  readonly bundleName: string
  readonly description?: string
}

/** `hexapla upload`: sends files into an item. */
export function addUpload(program: Command): void {
  program
    .command('upload <file...>')
    .description('Send files into a bundle, or into a bundle of an item, which is made if need be.')
    .option('--bundle <uuid>', 'the bundle')
    .option('--item <uuid>', 'the item')
    .option('--bundle-name <name>', 'the bundle of the item', 'ORIGINAL')
    .option('--description <text>', 'what the files are')
    .addHelpText('after', HELP)
    .action((files: string[], options: UploadOptions, command: Command) =>
      withSession((session, signal) => upload(terminalOf(command), session, { files, options, signal })),
    )
}

const HELP = `
Examples:
  hexapla upload survey.zip --item 6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11
  hexapla upload licence.txt --item 6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11 --bundle-name LICENSE
  hexapla upload *.csv --bundle d3e1a2c4-52a1-4f6a-8a3b-1f6f6c1f2b77 --description 'Raw data' --json
`

interface UploadTask {
  readonly files: readonly string[]
  readonly options: UploadOptions
  readonly signal: AbortSignal
}

async function upload(terminal: Terminal, session: DSpaceSession, task: UploadTask): Promise<void> {
  const { files, options, signal } = task
  if ((options.bundle === undefined) === (options.item === undefined)) {
    throw usageError('Give either --bundle or --item')
  }
  // Looked at before anything is made or sent.
  const sources = await Promise.all(files.map(fileSource))
  const bundle =
    options.bundle ?? (await requireBundle(session, { item: options.item ?? '', name: options.bundleName }))
  for (const source of sources) {
    const name = source.name ?? 'file'
    const progress = createProgress(terminal, { label: name, unit: 'bytes', start: 0 })
    const description = options.description
    const metadata = description === undefined ? {} : { 'dc.description': [{ value: description }] }
    try {
      const response = await session.upload(`/api/core/bundles/${bundle}/bitstreams`, {
        file: source,
        properties: { name, metadata },
        onProgress: ({ sentBytes, totalBytes }) => progress.update(sentBytes, totalBytes),
        signal,
      })
      const made = (await response.json()) as { readonly uuid: string }
      progress.end()
      terminal.print(
        terminal.json ? JSON.stringify(made) : `${made.uuid}  ${name}  ${formatBytes(source.size ?? 0)}`,
      )
    } finally {
      progress.end()
    }
  }
}
