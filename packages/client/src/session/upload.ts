import { multipartBody } from '../body/multipart-body.ts'
import type { RequestBody } from '../body/request-body.ts'
import { toReadableStream } from '../body/to-readable-stream.ts'
import { watchStream } from '../body/watch-stream.ts'
import { ClientError } from '../errors.ts'
import type { HeadersInput } from '../request/headers-input.ts'

/** Bytes to send that are opened only when they are sent; `fileSource` of `@hexapla/client/node` makes one of a path. */
export interface ByteSource {
  readonly name?: string
  readonly type?: string
  /** Bytes, where known. */
  readonly size?: number
  readonly open: () => ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>
}

/** How far an upload is: bytes of the file handed to the connection, of how many, where that is known. */
export interface UploadProgress {
  readonly sentBytes: number
  readonly totalBytes: number | undefined
}

/** What to upload and how. */
export interface UploadOptions {
  readonly file: Blob | ByteSource | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>
  /** File name; of the source, or `file`, without it. */
  readonly name?: string
  /** Media type; of the source, or `application/octet-stream`, without it. */
  readonly type?: string
  /**
   * Bytes, where the source does not know them. With a size the body has a `Content-Length`, without it goes out with
   * chunked encoding; a source that gives other than its size ends the upload with `size_mismatch`.
   */
  readonly size?: number
  /** A JSON document sent as the field `properties` (RestContract bundles.md, "POST …/bitstreams"). */
  readonly properties?: unknown
  /** Further plain fields. */
  readonly fields?: Readonly<Record<string, string>>
  /** Name of the file's field; `file` without it. */
  readonly fieldName?: string
  readonly onProgress?: (progress: UploadProgress) => void
  readonly headers?: HeadersInput
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** `POST` without it. */
  readonly method?: 'POST' | 'PUT'
}

/** The multipart body of an upload: read while it is sent, never held. */
export function uploadBody(options: UploadOptions): RequestBody {
  const source = byteSource(options.file)
  const size = options.size ?? source.size
  const fields = { ...options.fields }
  if (options.properties !== undefined) fields['properties'] = JSON.stringify(options.properties)
  return multipartBody({
    fields,
    file: {
      fieldName: options.fieldName ?? 'file',
      name: options.name ?? source.name ?? 'file',
      type: options.type ?? source.type ?? 'application/octet-stream',
      size,
      open: () => counted(toReadableStream(source.open()), size, options.onProgress),
    },
  })
}

function byteSource(file: UploadOptions['file']): ByteSource {
  if (file instanceof Blob) {
    const name = 'name' in file && typeof file.name === 'string' ? { name: file.name } : {}
    const type = file.type === '' ? {} : { type: file.type }
    return { ...name, ...type, size: file.size, open: () => file.stream() }
  }
  // Asked in this order, because a read stream of Node has an `open` too.
  const isStream = file instanceof ReadableStream || Symbol.asyncIterator in file
  return isStream ? { open: () => file } : file
}

function counted(
  stream: ReadableStream<Uint8Array>,
  size: number | undefined,
  onProgress: UploadOptions['onProgress'],
): ReadableStream<Uint8Array> {
  let sentBytes = 0
  const check = (fits: boolean) => {
    if (!fits) throw new ClientError('size_mismatch', `The file has not the ${size} bytes that were told`)
  }
  return watchStream(stream, {
    chunk(bytes) {
      sentBytes += bytes
      check(size === undefined || sentBytes <= size)
      onProgress?.({ sentBytes, totalBytes: size })
    },
    ended: () => check(size === undefined || sentBytes === size),
  })
}
