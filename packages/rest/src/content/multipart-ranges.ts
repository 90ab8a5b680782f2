import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ByteRange } from './byte-ranges.ts'

/** A `multipart/byteranges` body (RFC 9110 section 14.6). */
export interface MultipartRanges {
  readonly type: string
  /** In bytes. */
  readonly length: number
  open(): Readable
}

/** Prepares the body of several ranges; `open` is called for one range after the other while it is read. */
export function multipartRanges(
  ranges: readonly ByteRange[],
  content: { readonly size: number; readonly type: string },
  open: (range: ByteRange) => Readable | Promise<Readable>,
): MultipartRanges {
  const boundary = randomBytes(15).toString('hex')
  const parts = ranges.map((range) => ({
    range,
    head: Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${content.type}\r\n` +
        `Content-Range: bytes ${range.start}-${range.end}/${content.size}\r\n\r\n`,
      'latin1',
    ),
  }))
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  let length = tail.length
  for (const { head, range } of parts) length += head.length + range.end - range.start + 1

  async function* read(): AsyncGenerator<unknown, void, undefined> {
    for (const { head, range } of parts) {
      yield head
      yield* await open(range)
    }
    yield tail
  }
  return {
    type: `multipart/byteranges; boundary=${boundary}`,
    length,
    open: () => Readable.from(read(), { objectMode: false }),
  }
}
