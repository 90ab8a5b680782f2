import type { DatastreamDocument } from '@hexapla/client'
import { formatBytes } from '../../terminal/format.ts'
import { printDocument } from '../../terminal/print-document.ts'
import { createTable } from '../../terminal/table.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { withSite } from './with-site.ts'

/** Names a datastream. */
export interface DatastreamName {
  readonly pid: string
  readonly dsid: string
}

/** Lists the datastreams of an object. */
export function listDatastreams(terminal: Terminal, pid: string): Promise<void> {
  return withSite(async ({ objects }) => {
    const { datastreams } = await objects.read(pid)
    if (terminal.json) {
      for (const datastream of datastreams) terminal.print(JSON.stringify(datastream))
      return
    }
    const table = createTable(terminal, ['DSID', 'TYPE', 'SIZE', 'GROUP', 'STATE', 'CREATED', 'LABEL'])
    for (const datastream of datastreams) table.add(rowOf(datastream))
    table.end()
  })
}

function rowOf(datastream: DatastreamDocument): readonly string[] {
  const { dsid, mimeType, size, controlGroup, state, created, label } = datastream
  return [dsid, mimeType, formatBytes(size), controlGroup, state, created, label]
}

/** Prints the properties of a datastream. */
export function showDatastream(terminal: Terminal, { pid, dsid }: DatastreamName): Promise<void> {
  return withSite(async ({ datastreams }) => printDocument(terminal, await datastreams.read(pid, dsid)))
}

/** Lists the former versions of a datastream, newest first. */
export function listVersions(terminal: Terminal, { pid, dsid }: DatastreamName): Promise<void> {
  return withSite(async ({ datastreams }) => {
    const table = createTable(terminal, ['CREATED', 'TYPE', 'SIZE', 'STATE', 'LABEL'])
    for await (const { open: _open, ...version } of datastreams.versions(pid, dsid)) {
      const { created, mimeType, size, state, label } = version
      if (terminal.json) terminal.print(JSON.stringify(version))
      else table.add([created, mimeType, formatBytes(size), state, label])
    }
    table.end()
  })
}

/** Deletes a datastream, or one of its former versions. */
export function deleteDatastream(
  terminal: Terminal,
  { pid, dsid }: DatastreamName,
  { at }: { readonly at?: string },
): Promise<void> {
  return withSite(async ({ datastreams }) => {
    if (at === undefined) await datastreams.delete(pid, dsid)
    else await datastreams.deleteVersion(pid, dsid, at)
    const which = at === undefined ? '' : ` of ${at}`
    terminal.print(
      terminal.json ? JSON.stringify({ pid, dsid, created: at }) : `deleted ${pid} ${dsid}${which}`,
    )
  })
}

/** Makes a token with which others fetch the content, and prints it. */
export function createDatastreamToken(
  terminal: Terminal,
  { pid, dsid }: DatastreamName,
  { uses }: { readonly uses: number },
): Promise<void> {
  return withSite(async ({ datastreams }) => {
    const token = await datastreams.token(pid, dsid, { uses })
    terminal.print(terminal.json ? JSON.stringify({ token, uses }) : token)
  })
}
