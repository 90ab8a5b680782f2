import type { DSpaceSession } from '@hexapla/client'
import { fileSource } from '@hexapla/client/node'
import { usageError } from '../command-error.ts'
import { formatBytes } from '../terminal/format.ts'
import { createProgress } from '../terminal/progress.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireBundle } from './require-bundle.ts'
import { withSession } from './with-session.ts'

/** Options of `hexapla upload`. */
export interface UploadOptions {
  readonly bundle?: string
  readonly item?: string
  readonly bundleName: string
  readonly description?: string
}

/** Sends files one after the other and prints what they became. */
export function upload(terminal: Terminal, files: readonly string[], options: UploadOptions): Promise<void> {
  return withSession((session, signal) => send(terminal, session, { files, options, signal }))
}

interface UploadTask {
  readonly files: readonly string[]
  readonly options: UploadOptions
  readonly signal: AbortSignal
}

async function send(terminal: Terminal, session: DSpaceSession, task: UploadTask): Promise<void> {
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
