import { toReadableStream } from './to-readable-stream.ts'

/** A body of a request, opened anew for every attempt. */
export interface RequestBody {
  /** Whether `open` may be called more than once: everything but streams. */
  readonly replayable: boolean
  /** Length in bytes, only where `fetch` cannot know it itself. */
  readonly length?: number
  /** Media type, only where `fetch` does not set it itself. */
  readonly contentType?: string
  readonly open: () => FetchBody
}

/** What `fetch` takes as body. */
type FetchBody = Exclude<BodyInput, AsyncIterable<Uint8Array>> | ReadableStream<Uint8Array>

/** What may be given as `body` of a request. */
export type BodyInput =
  | string
  | Uint8Array<ArrayBuffer>
  | ArrayBuffer
  | Blob
  | FormData
  | URLSearchParams
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>

/** Makes a body of plain input. Streams and async iterables are sent as they come, in chunks, once. */
export function requestBody(input: BodyInput): RequestBody {
  if (input instanceof ReadableStream || (typeof input === 'object' && Symbol.asyncIterator in input)) {
    return { replayable: false, open: () => toReadableStream(input) }
  }
  return { replayable: true, open: () => input }
}

/** A JSON document as body. */
export function jsonBody(document: unknown): RequestBody {
  const text = JSON.stringify(document)
  return { replayable: true, contentType: 'application/json', open: () => text }
}
