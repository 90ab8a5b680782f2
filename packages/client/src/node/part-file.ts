import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { freeChunk } from './free-chunk.ts'
import { ifThere } from './if-there.ts'

/** The unfinished part of a download, and what tells whether the server's file is still the same. */
export interface PartFile {
  readonly path: string
  readonly validatorPath: string
  readonly size: () => Promise<number>
  /** Bytes that can be gone on from: 0 without a validator. */
  readonly usableSize: () => Promise<number>
  /** Value for `If-Range`. */
  readonly validator: () => Promise<string | undefined>
  readonly keepValidator: (validator: string | undefined) => Promise<void>
  /** Writes a stream from `start` on, which is 0, for a new part, or the size of the part. */
  readonly write: (stream: ReadableStream<Uint8Array>, start: number) => Promise<void>
  readonly remove: () => Promise<void>
}

/** The part of `file`: `FILE.part`, with the validator in `FILE.part.validator`. */
export function partFile(file: string): PartFile {
  const path = `${file}.part`
  const validatorPath = `${path}.validator`

  const size = async () => (await ifThere(stat(path)))?.size ?? 0
  const validator = () => ifThere(readFile(validatorPath, 'utf8'))

  return {
    path,
    validatorPath,
    size,
    validator,
    usableSize: async () => ((await validator()) === undefined ? 0 : size()),
    async keepValidator(value) {
      if (value === undefined) await rm(validatorPath, { force: true })
      else await writeFile(validatorPath, value)
    },
    async write(stream, start) {
      const handle = await open(path, start === 0 ? 'w' : 'r+')
      try {
        // Chunk by chunk, not through a buffering stream: every byte that came must survive an abort.
        await writeAll(handle, stream.getReader(), start)
      } finally {
        await handle.close()
      }
    },
    async remove() {
      await rm(path, { force: true })
      await rm(validatorPath, { force: true })
    },
  }
}

async function writeAll(
  handle: FileHandle,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  start: number,
): Promise<void> {
  try {
    let position = start
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      for (let written = 0; written < value.byteLength;) {
        const { bytesWritten } = await handle.write(value, written, value.byteLength - written, position)
        written += bytesWritten
        position += bytesWritten
      }
      freeChunk(value)
    }
  } catch (error) {
    await reader.cancel(error)
    throw error
  }
}
