import type { DSpaceSession } from '@hexapla/client'
import type { DownloadToFileOptions } from '@hexapla/client/node'
import { checksumOf } from './checksum-of.ts'

/** What is known of a file before it is fetched. */
export interface FileDescription {
  /** Where its bytes are. */
  readonly path: string
  /** Fit to be a name on this machine. */
  readonly name: string | undefined
  /** bytes */
  readonly size: number | undefined
  readonly checksum: DownloadToFileOptions['checksum'] | undefined
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const BITSTREAM_URL = /\/(?:core\/)?bitstreams\/([0-9a-f-]{36})(?:\/(?:content|download))?\/?$/i

/** @param bitstream the uuid of a bitstream, the URL of one or of its content, or any other URL of the server */
export async function describeFile(
  session: DSpaceSession,
  bitstream: string,
  signal: AbortSignal,
): Promise<FileDescription> {
  const uuid = UUID.test(bitstream) ? bitstream : BITSTREAM_URL.exec(bitstream)?.[1]
  if (uuid === undefined) return { path: bitstream, name: undefined, size: undefined, checksum: undefined }
  const path = `/api/core/bitstreams/${uuid}`
  const found = await session.getJson<BitstreamDocument>(path, { signal })
  return {
    path: `${path}/content`,
    name: found.name === undefined ? undefined : safeName(found.name),
    size: found.sizeBytes,
    checksum: checksumOf(found.checkSum?.checkSumAlgorithm, found.checkSum?.value),
  }
}

interface BitstreamDocument {
  readonly name?: string
  readonly sizeBytes?: number
  readonly checkSum?: { readonly checkSumAlgorithm?: string; readonly value?: string }
}

/** A name from elsewhere must lead nowhere else: its last part alone, without what file systems and terminals mind. */
function safeName(name: string): string | undefined {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const safe = last.replaceAll(/[\p{Cc}<>:"|?*]/gu, '_').replace(/^\.+/, '')
  return safe === '' ? undefined : safe
}
