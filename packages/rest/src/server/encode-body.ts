import { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { SerializedJson } from '../serialized-json.ts'

/** A body as it goes out. */
export type EncodedBody = string | Uint8Array | Readable | undefined

/** Turns what a verb method returned into text, bytes or a stream, and sets `content-type` where none is set. */
export function encodeBody(value: unknown, headers: Record<string, string | string[]>): EncodedBody {
  if (value === undefined) return undefined
  if (typeof value === 'string') {
    headers['content-type'] ??= 'text/plain; charset=utf-8'
    return value
  }
  if (value instanceof SerializedJson) {
    headers['content-type'] ??= 'application/json'
    return value.text
  }
  if (value instanceof Uint8Array || value instanceof Readable) {
    headers['content-type'] ??= 'application/octet-stream'
    return value
  }
  if (value instanceof ReadableStream) {
    headers['content-type'] ??= 'application/octet-stream'
    return Readable.fromWeb(value)
  }
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) throw new TypeError('a verb method returned what JSON cannot hold')
  headers['content-type'] ??= 'application/json'
  return text
}
