import { type Hash, createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { HEAD_BYTES } from '../domain/files/content-store.ts'
import { DomainError } from '../domain/errors.ts'
import { readSource } from './read-source.ts'

/** What is known of bytes after they were written. */
export interface WrittenContent {
  readonly size: number
  readonly sha256: string
  readonly md5: string
  readonly head: Buffer
}

/** Written at once: larger batches, measured, leave the processor's caches between hashing and writing. */
const BATCH_BYTES = 256 * 1024

/** Longest list of chunks that one system call takes (IOV_MAX of Linux). */
const BATCH_CHUNKS = 1024

/**
 * Writes a source to a new file, durably, and hashes it on the way: while one batch is being written, the next is received
 * and hashed, so that an upload holds at most two in memory. The caller removes the file on failure.
 *
 * @throws DomainError `TOO_LARGE`
 */
export async function writeStaged(
  source: AsyncIterable<Uint8Array>,
  path: string,
  options: { readonly maxBytes?: number; readonly signal?: AbortSignal } = {},
): Promise<WrittenContent> {
  const { maxBytes = Number.POSITIVE_INFINITY, signal } = options
  const hashes = { sha256: createHash('sha256'), md5: createHash('md5') }
  const file = createWriter(path)
  let size = 0
  let batch: Uint8Array[] = []
  let batchBytes = 0
  let head = Buffer.alloc(0)
  try {
    for await (const chunk of readSource(source, signal)) {
      size += chunk.length
      if (size > maxBytes)
        throw new DomainError('TOO_LARGE', `More than ${maxBytes} bytes were sent`, { maxBytes })
      updateBoth(hashes, chunk)
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
      batch.push(chunk)
      batchBytes += chunk.length
      if (batchBytes < BATCH_BYTES && batch.length < BATCH_CHUNKS) continue
      await file.write(batch)
      batch = []
      batchBytes = 0
    }
    await file.finish(batch)
    signal?.throwIfAborted()
  } finally {
    await file.close()
  }
  return { size, sha256: hashes.sha256.digest('hex'), md5: hashes.md5.digest('hex'), head }
}

function updateBoth(hashes: { readonly sha256: Hash; readonly md5: Hash }, chunk: Uint8Array): void {
  hashes.sha256.update(chunk)
  hashes.md5.update(chunk)
}

interface Writer {
  /** Resolves when the batch before is written, so that one is always under way. */
  readonly write: (batch: readonly Uint8Array[]) => Promise<void>
  /** Writes the last batch and syncs. */
  readonly finish: (batch: readonly Uint8Array[]) => Promise<void>
  readonly close: () => Promise<void>
}

function createWriter(path: string): Writer {
  let handle: FileHandle | undefined
  let position = 0
  let underWay: Promise<void> = Promise.resolve()

  async function append(file: FileHandle, batch: readonly Uint8Array[]): Promise<void> {
    const bytes = batch.reduce((sum, chunk) => sum + chunk.length, 0)
    await writeAll(file, batch, bytes, position)
    position += bytes
  }

  return {
    write: async (batch) => {
      await underWay
      const file = (handle ??= await open(path, CREATE, 0o600))
      underWay = append(file, batch)
      // Its failure is met at the next await; until then it must not count as unhandled.
      underWay.catch(() => undefined)
    },
    finish: async (batch) => {
      await underWay
      const synced = handle === undefined && SYNCED_WRITES !== 0 && batch.length > 0
      const file = (handle ??= await open(path, CREATE | (synced ? SYNCED_WRITES : 0), 0o600))
      await append(file, batch)
      if (!synced) await file.datasync()
    },
    close: async () => {
      // A handle is not closed below a write that goes on.
      await underWay.catch(() => undefined)
      await handle?.close()
    },
  }
}

/** For a file of one batch, writing and syncing are one call. Elsewhere than on Linux the flag promises less, or is unknown. */
const SYNCED_WRITES = process.platform === 'linux' ? constants.O_DSYNC : 0

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL

/** The system may write less than it was given, when the disk is nearly full: then the rest is tried again. */
async function writeAll(
  file: FileHandle,
  batch: readonly Uint8Array[],
  bytes: number,
  position: number,
): Promise<void> {
  if (bytes === 0) return
  const { bytesWritten } = await file.writev(batch, position)
  if (bytesWritten === bytes) return
  const rest = Buffer.concat(batch).subarray(bytesWritten)
  await writeAll(file, [rest], rest.length, position + bytesWritten)
}
