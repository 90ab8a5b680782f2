import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ContentStoreError, type ReceivedContent } from '../domain/files/content-store.ts'
import { hasErrorCode } from '../has-error-code.ts'
import type { ContentLayout } from './content-layout.ts'
import { createStagingWriter, type Staging } from './staging-writer.ts'
import { writeStaged } from './write-staged.ts'

/**
 * Writes a source to staging. Where it fails, also when it was to become durable, nothing is left there.
 *
 * @throws DomainError `TOO_LARGE`
 * @throws ContentStoreError `CONTENT_STORE_FULL`
 */
export async function receiveOnDisk(
  staging: Staging,
  source: AsyncIterable<Uint8Array>,
  limits?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
): Promise<ReceivedContent> {
  const writer = createStagingWriter(staging)
  const fail = async (error: unknown): Promise<never> => {
    await writer.discard()
    if (!hasErrorCode(error, 'ENOSPC', 'EDQUOT')) throw error
    throw new ContentStoreError('CONTENT_STORE_FULL', 'No space is left for files', {}, { cause: error })
  }
  try {
    const { content, durable } = await writeStaged(source, writer, limits)
    const settled = durable.catch(fail)
    // Met by whoever waits for it; until then it must not count as unhandled.
    settled.catch(() => undefined)
    return { content, durable: settled }
  } catch (error) {
    return fail(error)
  }
}

/** What lies in staging now: files, of which one may hold several contents. */
export async function* listStaged(
  layout: ContentLayout,
): AsyncGenerator<{ stagingName: string; modifiedAt: Date }, void> {
  for await (const { name } of await opendir(layout.staging)) {
    const found = await stat(join(layout.staging, name)).catch((error: unknown) => {
      // Kept or discarded since the directory was read.
      if (hasErrorCode(error, 'ENOENT')) return undefined
      throw error
    })
    if (found !== undefined) yield { stagingName: name, modifiedAt: found.mtime }
  }
}
