import type { ContentStore } from '../../domain/files/content-store.ts'
import type { Bitstream, StoredContent } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { discardUnlessCommitted } from './discard-unless-committed.ts'
import { keepContent } from './keep-content.ts'
import { stageFile, type IncomingFile } from './stage-file.ts'

/** What storing bytes needs. */
export interface StoreFileDeps {
  readonly contents: ContentStore
  readonly unitOfWork: UnitOfWork
}

/**
 * Takes bytes in: staged first, then recorded in one transaction, then made permanent. When the transaction fails
 * nothing remains; once it is committed the file can be read, whatever happens to the last step.
 *
 * @param record writes the file's record; the content is in the register by then
 * @throws what `record` throws, and the errors of `stageFile`
 */
export async function storeFile(
  deps: StoreFileDeps,
  incoming: IncomingFile,
  record: (tx: Transaction, content: StoredContent, head: Uint8Array) => Promise<Bitstream>,
): Promise<Bitstream> {
  const { head, ...content } = await stageFile(deps.contents, incoming)
  const bitstream = await discardUnlessCommitted(deps, [content.stagingName], async (tx) => {
    await tx.contents.register(content)
    return record(tx, content, head)
  })
  await keepContent(deps, [bitstream])
  return { ...bitstream, content: { ...content, stagingName: null } }
}
