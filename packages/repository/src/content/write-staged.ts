import { type Hash, createHash } from 'node:crypto'
import { HEAD_BYTES, type ReceivedContent } from '../domain/files/content-store.ts'
import { DomainError } from '../domain/errors.ts'
import { readSource } from './read-source.ts'
import type { StagingWriter } from './staging-writer.ts'

/** Written at once: larger batches, measured, leave the processor's caches between hashing and writing. */
const BATCH_BYTES = 256 * 1024

/** Longest list of chunks that one system call takes (IOV_MAX of Linux). */
const BATCH_CHUNKS = 1024

/**
 * Writes a source and hashes it on the way: while one batch is being written, the next is received and hashed, so that an upload
 * holds at most two in memory. The caller discards what was written on failure.
 *
 * @throws DomainError `TOO_LARGE`
 */
export async function writeStaged(
  source: AsyncIterable<Uint8Array>,
  writer: StagingWriter,
  options: { readonly maxBytes?: number; readonly signal?: AbortSignal } = {},
): Promise<ReceivedContent> {
  const { maxBytes = Number.POSITIVE_INFINITY, signal } = options
  const hashes = { sha256: createHash('sha256'), md5: createHash('md5') }
  let size = 0
  let batch: Uint8Array[] = []
  let batchBytes = 0
  let head = Buffer.alloc(0)
  for await (const chunk of readSource(source, signal)) {
    size += chunk.length
    if (size > maxBytes)
      throw new DomainError('TOO_LARGE', `More than ${maxBytes} bytes were sent`, { maxBytes })
    updateBoth(hashes, chunk)
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
    batch.push(chunk)
    batchBytes += chunk.length
    if (batchBytes < BATCH_BYTES && batch.length < BATCH_CHUNKS) continue
    await writer.write(batch)
    batch = []
    batchBytes = 0
  }
  const { stagingName, durable } = await writer.finish(batch)
  signal?.throwIfAborted()
  const digests = { sha256: hashes.sha256.digest('hex'), md5: hashes.md5.digest('hex') }
  return { content: { stagingName, size, ...digests, head }, durable }
}

function updateBoth(hashes: { readonly sha256: Hash; readonly md5: Hash }, chunk: Uint8Array): void {
  hashes.sha256.update(chunk)
  hashes.md5.update(chunk)
}
