import {
  type ControlGroup,
  type DatastreamAddress,
  type DatastreamDocument,
  type DatastreamFile,
  type DatastreamProperties,
  HttpError,
  type IslandoraSession,
} from '@hexapla/client'
import { fileSource } from '@hexapla/client/node'
import { usageError } from '../../command-error.ts'
import { formatBytes } from '../../terminal/format.ts'
import { createProgress, type Progress } from '../../terminal/progress.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { DatastreamName } from './datastreams.ts'
import { withSite } from './with-site.ts'

/** What is said of the datastream. */
export interface PutOptions extends DatastreamProperties {
  /** Of a new one. */
  readonly controlGroup?: ControlGroup
  /** Where the content is, in place of a file. */
  readonly url?: string
}

interface PutTask extends DatastreamName {
  /** `-` is standard input. */
  readonly file: string | undefined
  readonly options: PutOptions
}

/** Makes a datastream of a file or an address, or gives the one that there is another content, other properties, or both. */
export function putDatastream(terminal: Terminal, task: PutTask): Promise<void> {
  const { pid, dsid, file } = task
  return withSite(async (session, signal) => {
    // Looked at before anything is asked.
    const source = await sourceOf(task)
    const label = file === undefined || file === '-' ? dsid : file
    const progress = createProgress(terminal, { label, unit: 'bytes', start: 0 })
    const watched = source?.file === undefined ? source : { ...source, onProgress: tell(progress) }
    try {
      const put = await send(session, task, { source: watched, signal })
      progress.end()
      const { mimeType, size } = put
      terminal.print(
        terminal.json ? JSON.stringify(put) : `${pid}  ${dsid}  ${mimeType}  ${formatBytes(size)}`,
      )
    } finally {
      progress.end()
    }
  })
}

type Source = DatastreamFile | DatastreamAddress | undefined

async function sourceOf({ file, options: { url } }: PutTask): Promise<Source> {
  if (file !== undefined && url !== undefined) throw usageError('Give either a file or --url')
  if (file === undefined) return url === undefined ? undefined : { url }
  return file === '-' ? { file: process.stdin } : { file: await fileSource(file) }
}

function tell(progress: Progress): NonNullable<DatastreamFile['onProgress']> {
  return ({ sentBytes, totalBytes }) => progress.update(sentBytes, totalBytes)
}

async function send(
  { datastreams }: IslandoraSession,
  { pid, dsid, options }: PutTask,
  { source, signal }: { readonly source: Source; readonly signal: AbortSignal },
): Promise<DatastreamDocument> {
  const { controlGroup, url: _url, ...properties } = options
  const isThere = await datastreams.read(pid, dsid, { signal }).then(() => true, refuseAllBut404)
  if (!isThere) {
    if (source === undefined) throw usageError(`There is no ${dsid} yet: give its file`)
    const group = controlGroup === undefined ? {} : { controlGroup }
    return datastreams.add(pid, dsid, { ...properties, ...group, ...source }, { signal })
  }
  if (controlGroup !== undefined) throw usageError(`${dsid} is there, and keeps its control group`)
  if (source === undefined && Object.keys(properties).length === 0) {
    throw usageError('Give a file, or what is to change')
  }
  return datastreams.change(pid, dsid, { ...properties, ...source }, { signal })
}

function refuseAllBut404(error: unknown): false {
  if (error instanceof HttpError && error.status === 404) return false
  throw error
}
