import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { type ByteRange, type ContentReference, ContentStoreError } from '../domain/files/content-store.ts'
import { hasErrorCode } from '../has-error-code.ts'
import type { ContentLayout, FilePart } from './content-layout.ts'
import { readPart } from './read-part.ts'
import type { Staging } from './staging-writer.ts'

/** Read from disk at a time: fewer and larger reads than a stream's default of 64 KB. */
const READ_BYTES = 256 * 1024

/** Content that was found: an open file, or, where others lie in the same file, its bytes. */
type Found = FileHandle | Buffer

/**
 * Opens content as a stream. The file is open, or read, when this resolves, so that the stream survives the content's move
 * from staging and its removal.
 *
 * @throws ContentStoreError `CONTENT_MISSING`, `CONTENT_RANGE_INVALID`
 */
export async function openContent(
  staging: Staging,
  reference: ContentReference,
  range?: ByteRange,
): Promise<Readable> {
  // Before the file is open, because a stream that refuses its range leaves it so.
  if (range !== undefined) assertRange(range)
  const found = await find(staging, reference)
  if (found === undefined) {
    const { sha256 } = reference
    throw new ContentStoreError('CONTENT_MISSING', `Content ${sha256} is not in the store`, { sha256 })
  }
  if (!Buffer.isBuffer(found)) return found.createReadStream({ highWaterMark: READ_BYTES, ...range })
  const bytes = range === undefined ? found : found.subarray(range.start, range.end + 1)
  return Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false })
}

/** Size in bytes, or `undefined` when the content is not there. */
export async function contentSize(
  staging: Staging,
  reference: ContentReference,
): Promise<number | undefined> {
  const found = await find(staging, reference)
  if (found === undefined || Buffer.isBuffer(found)) return found?.length
  try {
    return (await found.stat()).size
  } finally {
    await found.close()
  }
}

/** Reads permanent content anew and compares its digest with its name. */
export async function verifyContent(
  layout: ContentLayout,
  sha256: string,
): Promise<'intact' | 'changed' | 'missing'> {
  const file = await openIfPresent(layout.keptFile(sha256))
  if (file === undefined) return 'missing'
  const hash = createHash('sha256')
  for await (const chunk of file.createReadStream({ highWaterMark: 4 * READ_BYTES })) hash.update(chunk)
  return hash.digest('hex') === sha256 ? 'intact' : 'changed'
}

function assertRange({ start, end }: ByteRange): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end) return
  throw new ContentStoreError('CONTENT_RANGE_INVALID', `There are no bytes ${start} to ${end}`, {
    start,
    end,
  })
}

async function find(staging: Staging, reference: ContentReference): Promise<Found | undefined> {
  const { sha256, stagingName } = reference
  const kept = staging.layout.keptFile(sha256)
  if (stagingName === undefined || stagingName === null) return openIfPresent(kept)
  const { path, part } = staging.layout.stagedPlace(stagingName)
  // Looked for once more at the end, because it may move from staging between the first two looks.
  return (
    (await staging.log.read(stagingName)) ??
    (await openIfPresent(kept)) ??
    (await (part === undefined ? openIfPresent(path) : readPartOf(path, part))) ??
    (await openIfPresent(kept))
  )
}

async function readPartOf(path: string, part: FilePart): Promise<Buffer | undefined> {
  const file = await openIfPresent(path)
  if (file === undefined) return undefined
  try {
    return await readPart(file, part)
  } finally {
    await file.close()
  }
}

async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}
