import type { IslandoraSession } from '@hexapla/client'
import { usageError } from '../../command-error.ts'
import { pipeToOutput } from '../../terminal/pipe-to-output.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { checksumOf } from '../checksum-of.ts'
import { saveFile, type SaveOptions, type WantedFile } from '../save-file.ts'
import type { DatastreamName } from './datastreams.ts'
import { withSite } from './with-site.ts'

/** Options of `hexapla islandora datastream get`. */
export interface GetOptions extends SaveOptions {
  readonly output?: string
  /** `created` of a former version. */
  readonly at?: string
}

/** Fetches a content: into a file, which is checked, or to standard output. */
export function getDatastream(terminal: Terminal, name: DatastreamName, options: GetOptions): Promise<void> {
  const { output, at } = options
  return withSite(async (session, signal) => {
    if (output === undefined) return print(terminal, session, name, { at, signal })
    const wanted = await describe(session, name, at)
    return saveFile(terminal, session, { ...wanted, file: output }, { ...options, signal })
  })
}

async function print(
  terminal: Terminal,
  { datastreams }: IslandoraSession,
  { pid, dsid }: DatastreamName,
  { at, signal }: { readonly at: string | undefined; readonly signal: AbortSignal },
): Promise<void> {
  const opened = await datastreams.open(pid, dsid, { signal, ...(at !== undefined && { version: at }) })
  if (terminal.columns !== undefined && !isText(opened.type)) {
    await opened.stream.cancel()
    throw usageError(
      `${dsid} is ${opened.type ?? 'of no type'}, nothing for a screen: give a file with --output`,
    )
  }
  await pipeToOutput(opened.stream)
}

function isText(type = ''): boolean {
  return /^text\/|[/+](?:json|xml)\b/i.test(type)
}

async function describe(
  { datastreams }: IslandoraSession,
  { pid, dsid }: DatastreamName,
  at: string | undefined,
): Promise<Omit<WantedFile, 'file'>> {
  const path = datastreams.path(pid, dsid, at)
  const { controlGroup, size, checksumType, checksum } = await datastreams.read(pid, dsid)
  // Of contents that are elsewhere, and of former ones, nothing certain is known.
  if (at !== undefined || controlGroup === 'E' || controlGroup === 'R') {
    return { path, size: undefined, checksum: undefined }
  }
  return { path, size, checksum: checksum === 'none' ? undefined : checksumOf(checksumType, checksum) }
}
