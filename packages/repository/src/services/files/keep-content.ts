import type { ContentStore } from '../../domain/files/content-store.ts'
import type { Bitstream, StoredContent } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'

/** Topic of content that could not be made permanent at once; the payload is a `StoredContent`. */
export const CONTENT_STAGED = 'content-staged'

/** What making content permanent needs. */
export interface KeepContentDeps {
  readonly contents: ContentStore
  readonly unitOfWork: UnitOfWork
}

/**
 * Makes the bytes of committed files permanent. They can be read from staging already, so a failure here is not the
 * sender's: the work is left to the outbox, which repeats it and records why it failed.
 *
 * @param bitstreams as they were written, with their `content.stagingName`
 */
export async function keepContent(deps: KeepContentDeps, bitstreams: readonly Bitstream[]): Promise<void> {
  for (const bitstream of bitstreams) {
    try {
      await deps.unitOfWork((tx) => keepOne(tx, deps.contents, bitstream))
    } catch {
      await deps.unitOfWork((tx) => tx.enqueue(CONTENT_STAGED, bitstream.content))
    }
  }
}

async function keepOne(tx: Transaction, contents: ContentStore, { id, content }: Bitstream): Promise<void> {
  const { sha256, stagingName } = content
  if (stagingName === null) return
  // The row stays locked until the bytes have moved: whoever releases them meanwhile waits.
  await tx.contents.kept(sha256, stagingName)
  const now = await tx.bitstreams.findAll([id], { kind: 'everything' })
  if (now.get(id)?.content.sha256 === sha256) await contents.keep(stagingName, sha256)
  else await keepIfReferenced(tx, contents, content)
}

/**
 * Makes staged bytes permanent when a file refers to them, and otherwise forgets them. Registering them again takes the
 * lock that keeps uploads and the sweep of released content away, and shows their row even if that was swept.
 *
 * @throws ContentStoreError `CONTENT_MISSING` when the bytes are neither staged nor permanent
 */
export async function keepIfReferenced(
  tx: Pick<Transaction, 'contents'>,
  contents: ContentStore,
  content: StoredContent,
): Promise<void> {
  await tx.contents.register(content)
  const { sha256, stagingName } = content
  if (await tx.contents.forgetUnreferenced(sha256)) {
    if (stagingName !== null) await contents.discard(stagingName)
    await contents.remove(sha256)
  } else if (stagingName !== null) {
    await tx.contents.kept(sha256, stagingName)
    await contents.keep(stagingName, sha256)
  }
}
