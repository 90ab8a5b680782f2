import { watchStream } from '../body/watch-stream.ts'
import type { HeadersInput } from '../request/headers-input.ts'
import type { RequestOptions } from './request-options.ts'

/** A part of a file: from byte `start` to byte `end`, both included; to the file's end without `end`. */
export interface ByteRange {
  readonly start: number
  readonly end?: number
}

/** How far a download is: bytes of the whole file that are there, of how many, where that is known. */
export interface DownloadProgress {
  readonly receivedBytes: number
  readonly totalBytes: number | undefined
}

/** What to download and how. */
export interface DownloadOptions {
  readonly range?: ByteRange
  /** Sends the range only if the file still has this `ETag` or `Last-Modified`; else the whole file comes. */
  readonly ifRange?: string
  readonly onProgress?: (progress: DownloadProgress) => void
  readonly headers?: HeadersInput
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

/** A file on its way. */
export interface Download {
  /** 200 for the whole file, 206 for a part of it. */
  readonly status: number
  readonly stream: ReadableStream<Uint8Array>
  /** Where the stream begins in the file: 0 unless a range was asked for and given. */
  readonly start: number
  /** Bytes of the whole file, where the server tells. */
  readonly totalBytes: number | undefined
  readonly type: string | undefined
  readonly etag: string | undefined
  readonly lastModified: string | undefined
  readonly headers: Headers
}

/**
 * Opens a file, or a range of it, for reading.
 *
 * @param get sends the request, and rejects with an error for what is no file
 */
export async function download(
  get: (path: string, options: RequestOptions) => Promise<Response>,
  path: string,
  options: DownloadOptions,
): Promise<Download> {
  const { signal, timeoutMs } = options
  const response = await get(path, {
    headers: downloadHeaders(options),
    ...(signal && { signal }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  return openDownload(response, options.onProgress)
}

function downloadHeaders({ headers, range, ifRange }: DownloadOptions): Headers {
  const sent = new Headers(headers)
  // Compressed on the way, the bytes could be neither counted nor resumed. With a range `fetch` adds this itself.
  if (range === undefined) sent.set('accept-encoding', 'identity')
  else sent.set('range', `bytes=${range.start}-${range.end ?? ''}`)
  if (range !== undefined && ifRange !== undefined) sent.set('if-range', ifRange)
  return sent
}

function openDownload(response: Response, onProgress: DownloadOptions['onProgress']): Download {
  const { status, headers } = response
  const { start, totalBytes } = extent(status, headers)
  let receivedBytes = start
  const chunk = (bytes: number) => {
    receivedBytes += bytes
    onProgress?.({ receivedBytes, totalBytes })
  }
  return {
    status,
    stream: watchStream(response.body ?? new Blob([]).stream(), { chunk }),
    start,
    totalBytes,
    type: headers.get('content-type') ?? undefined,
    etag: headers.get('etag') ?? undefined,
    lastModified: headers.get('last-modified') ?? undefined,
    headers,
  }
}

function extent(status: number, headers: Headers): { start: number; totalBytes: number | undefined } {
  if (status === 206) {
    // RFC 9110 section 14.4
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? []
    return {
      start: Number(start ?? 0),
      totalBytes: total === undefined || total === '*' ? undefined : Number(total),
    }
  }
  const length = headers.get('content-length')
  return {
    start: 0,
    totalBytes: length === null || headers.has('content-encoding') ? undefined : Number(length),
  }
}
