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
 * @param bitstreams as they were written, with their `content.stagingName`; no two of the same content
 */
export async function keepContent(deps: KeepContentDeps, bitstreams: readonly Bitstream[]): Promise<void> {
  const staged = bitstreams.filter(({ content }) => content.stagingName !== null)
  try {
    await deps.unitOfWork((tx) => keepAll(tx, deps.contents, staged))
  } catch {
    await deps.unitOfWork(async (tx) => {
      for (const { content } of staged) await tx.enqueue(CONTENT_STAGED, content)
    })
  }
}

async function keepAll(
  tx: Transaction,
  contents: ContentStore,
  bitstreams: readonly Bitstream[],
): Promise<void> {
  // The rows stay locked until the bytes have moved: whoever releases them meanwhile waits.
  await tx.contents.keptMany(bitstreams.map(({ content }) => content))
  const now = await tx.bitstreams.findAll(
    bitstreams.map(({ id }) => id),
    { kind: 'everything' },
  )
  const isHere = ({ id, content }: Bitstream): boolean => now.get(id)?.content.sha256 === content.sha256
  await Promise.all(bitstreams.filter(isHere).map(({ content }) => keepNow(contents, content)))
  for (const { content } of bitstreams.filter((bitstream) => !isHere(bitstream))) {
    await keepIfReferenced(tx, contents, content)
  }
}

async function keepNow(contents: ContentStore, { sha256, stagingName }: StoredContent): Promise<void> {
  if (stagingName !== null) await contents.keep(stagingName, sha256)
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
