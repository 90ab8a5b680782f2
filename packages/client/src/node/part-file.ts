import { createWriteStream } from 'node:fs'
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

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
  /** Writes a stream from `start` on; what lay behind it goes first. */
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
      if (start > 0) await truncate(path, start)
      const flags = start === 0 ? 'w' : 'r+'
      await pipeline(stream, createWriteStream(path, { flags, start, highWaterMark: 1024 * 1024 }))
    },
    async remove() {
      await rm(path, { force: true })
      await rm(validatorPath, { force: true })
    },
  }
}

async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
}
