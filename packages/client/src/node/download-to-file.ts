import { open, rename, rm } from 'node:fs/promises'
import { ClientError, HttpError, NetworkError, TimeoutError } from '../errors.ts'
import type { Download, DownloadOptions, DownloadProgress } from '../session/download.ts'
import { type Checksum, fileDigest } from './file-digest.ts'
import { type PartFile, partFile } from './part-file.ts'

/** How to download to a file. */
export interface DownloadToFileOptions {
  /** Goes on with what an earlier call left behind, if the server's file is still the same. */
  readonly resume?: boolean
  /** Bytes that the file must have; without it, those that the server tells. */
  readonly size?: number
  /** The checksum that the file must have. */
  readonly checksum?: Checksum
  /** How often to go on after a broken connection without a byte of progress; 3 without it. */
  readonly attempts?: number
  readonly onProgress?: (progress: DownloadProgress) => void
  readonly signal?: AbortSignal
}

/** A `DSpaceSession` or `IslandoraSession`. */
export interface Downloading {
  readonly download: (path: string, options?: DownloadOptions) => Promise<Download>
}

/** A file that is complete. */
export interface DownloadedFile {
  readonly path: string
  readonly size: number
  /** Bytes that an earlier call had left behind and that were kept. */
  readonly resumedFrom: number
  readonly etag: string | undefined
}

/**
 * Downloads into `FILE.part`, checks size and checksum, and only then gives the file its name. A broken connection is
 * taken up where it broke, with `Range` and `If-Range` (RFC 9110 sections 13.1.5 and 14.2); what another call left
 * behind only with `resume`. After an abort or failure the part stays for that; a faulty one is removed.
 *
 * @throws {ClientError} `size_mismatch`, `checksum_mismatch`; and as `session.download`
 */
export async function downloadToFile(
  session: Downloading,
  path: string,
  file: string,
  options: DownloadToFileOptions = {},
): Promise<DownloadedFile> {
  const part = partFile(file)
  if (options.resume !== true) await part.remove()
  const resumedFrom = await part.usableSize()
  const { totalBytes, etag } = await receive(session, path, part, options)

  const size = await part.size()
  const wanted = options.size ?? totalBytes
  if (wanted !== undefined && size !== wanted) {
    await part.remove()
    throw new ClientError('size_mismatch', `${path} has ${size} bytes instead of ${wanted}`)
  }
  await checkDigest(part, path, options)
  const handle = await open(part.path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part.path, file)
  await rm(part.validatorPath, { force: true })
  return { path: file, size, resumedFrom: Math.min(resumedFrom, size), etag }
}

interface Received {
  readonly totalBytes: number | undefined
  readonly etag: string | undefined
}

async function receive(
  session: Downloading,
  path: string,
  part: PartFile,
  options: DownloadToFileOptions,
): Promise<Received> {
  const { attempts = 3 } = options
  for (let fruitless = 0; ;) {
    const before = await part.size()
    try {
      return await receiveOnce(session, path, part, options)
    } catch (error) {
      const broken = error instanceof NetworkError || error instanceof TimeoutError
      fruitless = (await part.size()) > before ? 0 : fruitless + 1
      if (!broken || fruitless >= attempts) throw error
    }
  }
}

async function receiveOnce(
  session: Downloading,
  path: string,
  part: PartFile,
  { onProgress, signal }: DownloadToFileOptions,
): Promise<Received> {
  const start = await part.usableSize()
  const validator = await part.validator()
  const common = { ...(onProgress && { onProgress }), ...(signal && { signal }) }
  const resumed = start > 0 && validator !== undefined
  let download: Download
  try {
    const conditions = resumed ? { range: { start }, ifRange: validator } : {}
    download = await session.download(path, { ...common, ...conditions })
  } catch (error) {
    if (!resumed || !(error instanceof HttpError) || error.status !== 416) throw error
    // RFC 9110 section 15.5.17: `bytes */LENGTH` tells that nothing is left to send.
    if (error.headers.get('content-range') === `bytes */${start}`) {
      return { totalBytes: start, etag: error.headers.get('etag') ?? undefined }
    }
    await part.remove()
    download = await session.download(path, common)
  }
  if (download.start !== 0 && download.start !== start) {
    await download.stream.cancel()
    throw new ClientError('size_mismatch', `${path} came from byte ${download.start} instead of ${start}`)
  }
  // Old bytes must never lie beside the validator of new ones, wherever a crash happens.
  if (download.start === 0) await part.remove()
  await part.keepValidator(strongValidator(download))
  await part.write(download.stream, download.start)
  return { totalBytes: download.totalBytes, etag: download.etag }
}

// RFC 9110 section 13.1.5: a weak tag must not be sent in If-Range.
function strongValidator({ etag, lastModified }: Download): string | undefined {
  return etag !== undefined && !etag.startsWith('W/') ? etag : lastModified
}

async function checkDigest(part: PartFile, path: string, options: DownloadToFileOptions): Promise<void> {
  const { checksum, signal } = options
  if (checksum === undefined) return
  const found = await fileDigest(part.path, checksum.algorithm, signal)
  if (found === checksum.value.toLowerCase()) return
  await part.remove()
  throw new ClientError('checksum_mismatch', `${path} has ${checksum.algorithm} ${found}`)
}
