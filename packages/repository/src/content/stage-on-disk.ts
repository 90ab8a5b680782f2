import { randomUUID } from 'node:crypto'
import { opendir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ContentStoreError, type StagedContent } from '../domain/files/content-store.ts'
import { hasErrorCode } from '../has-error-code.ts'
import type { ContentLayout } from './content-layout.ts'
import type { SyncDirectory } from './directory-sync.ts'
import { writeStaged } from './write-staged.ts'

/**
 * Writes a source to staging, durably.
 *
 * @throws DomainError `TOO_LARGE`
 * @throws ContentStoreError `CONTENT_STORE_FULL`
 */
export async function stageOnDisk(
  deps: { readonly layout: ContentLayout; readonly syncDirectory: SyncDirectory },
  source: AsyncIterable<Uint8Array>,
  limits?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
): Promise<StagedContent> {
  const stagingName = randomUUID()
  const path = deps.layout.stagedFile(stagingName)
  try {
    const written = await writeStaged(source, path, limits)
    await deps.syncDirectory(deps.layout.staging)
    return { stagingName, ...written }
  } catch (error) {
    await rm(path, { force: true })
    if (!hasErrorCode(error, 'ENOSPC', 'EDQUOT')) throw error
    throw new ContentStoreError('CONTENT_STORE_FULL', 'No space is left for files', {}, { cause: error })
  }
}

/** What lies in staging now. */
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
