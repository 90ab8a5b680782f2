import type { ContentKeeper } from '../../domain/files/content-keeper.ts'
import type { ContentStore } from '../../domain/files/content-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { sentTogether } from '../sent-together.ts'
import { discardUnlessCommitted } from './discard-unless-committed.ts'
import { stageFile, type IncomingFile } from './stage-file.ts'

/** What storing bytes needs. */
export interface StoreFileDeps {
  readonly contents: ContentStore
  readonly unitOfWork: UnitOfWork
  readonly keeper: ContentKeeper
}

/**
 * Takes bytes in: staged first, then recorded in one transaction, then made permanent. When the transaction fails
 * nothing remains; once it is committed the file can be read, and the last step is the keeper's.
 *
 * @param record writes the file's record, beside the entry of the content in the register
 * @throws what `record` throws, and the errors of `stageFile`
 */
export async function storeFile<T>(
  deps: StoreFileDeps,
  incoming: IncomingFile,
  record: (tx: Transaction, content: StoredContent, head: Uint8Array) => Promise<T>,
): Promise<T> {
  const { head, ...content } = await stageFile(deps.contents, incoming)
  const recorded = await discardUnlessCommitted(deps, [content.stagingName], async (tx) => {
    // The register's statement first: nobody locks a record before a content.
    const [, result] = await sentTogether([tx.contents.register(content), record(tx, content, head)])
    return result
  })
  await deps.keeper.keep(content)
  return recorded
}
