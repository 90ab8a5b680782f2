import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type ByteRange, type ContentReference, ContentStoreError } from '../domain/files/content-store.ts'
import { hasErrorCode } from '../has-error-code.ts'
import type { ContentLayout } from './content-layout.ts'

/** Read from disk at a time: fewer and larger reads than a stream's default of 64 KB. */
const READ_BYTES = 256 * 1024

/**
 * Opens content as a stream. The file is open when this resolves, so that the stream survives the content's move from
 * staging and its removal.
 *
 * @throws ContentStoreError `CONTENT_MISSING`, `CONTENT_RANGE_INVALID`
 */
export async function openContent(
  layout: ContentLayout,
  reference: ContentReference,
  range?: ByteRange,
): Promise<Readable> {
  // Before the file is open, because a stream that refuses its range leaves it so.
  if (range !== undefined) assertRange(range)
  const file = await openFile(layout, reference)
  if (file === undefined) {
    const { sha256 } = reference
    throw new ContentStoreError('CONTENT_MISSING', `Content ${sha256} is not in the store`, { sha256 })
  }
  return file.createReadStream({ highWaterMark: READ_BYTES, ...range })
}

/** Size in bytes, or `undefined` when the content is not there. */
export async function contentSize(
  layout: ContentLayout,
  reference: ContentReference,
): Promise<number | undefined> {
  const file = await openFile(layout, reference)
  if (file === undefined) return undefined
  try {
    return (await file.stat()).size
  } finally {
    await file.close()
  }
}

/** Reads permanent content anew and compares its digest with its name. */
export async function verifyContent(
  layout: ContentLayout,
  sha256: string,
): Promise<'intact' | 'changed' | 'missing'> {
  const file = await openFile(layout, { sha256 })
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

async function openFile(layout: ContentLayout, reference: ContentReference): Promise<FileHandle | undefined> {
  const { sha256, stagingName } = reference
  const kept = layout.keptFile(sha256)
  if (stagingName === undefined || stagingName === null) return openIfPresent(kept)
  // Looked for once more at the end, because it may move from staging between the first two looks.
  return (
    (await openIfPresent(kept)) ??
    (await openIfPresent(layout.stagedFile(stagingName))) ??
    (await openIfPresent(kept))
  )
}

async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}
