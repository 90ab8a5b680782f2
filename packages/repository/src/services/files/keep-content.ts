import type { ContentStore } from '../../domain/files/content-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
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
 * @param contents as they were committed, no two of the same bytes
 */
export async function keepContents(deps: KeepContentDeps, contents: readonly StoredContent[]): Promise<void> {
  const staged = contents.filter(({ stagingName }) => stagingName !== null)
  if (staged.length === 0) return
  try {
    await keepTogether(deps, staged)
  } catch {
    await deps.unitOfWork(async (tx) => {
      for (const content of staged) await tx.enqueue(CONTENT_STAGED, content)
    })
  }
}

/**
 * The same, in a transaction for those that files refer to.
 *
 * @throws ContentStoreError `CONTENT_MISSING` when one of them is neither staged nor permanent
 */
export async function keepTogether(
  { unitOfWork, contents }: KeepContentDeps,
  staged: readonly StoredContent[],
): Promise<void> {
  const referenced = await unitOfWork((tx) => keepReferenced(tx, contents, staged))
  // Given up since, or brought anew: decided on one by one, under the lock that comes before the register's rows.
  for (const content of staged) {
    if (!referenced.has(content.sha256)) await unitOfWork((tx) => keepIfReferenced(tx, contents, content))
  }
}

/** @returns the digests of those that files refer to */
async function keepReferenced(
  tx: Transaction,
  store: ContentStore,
  staged: readonly StoredContent[],
): Promise<ReadonlySet<string>> {
  // The rows stay locked until the bytes have moved: whoever releases them meanwhile waits.
  const referenced = await tx.contents.lockReferenced(staged.map(({ sha256 }) => sha256))
  const here = staged.filter(({ sha256 }) => referenced.has(sha256))
  await store.keepAll(here.flatMap(toStaged))
  await tx.contents.keptMany(here)
  return referenced
}

function toStaged({ sha256, stagingName }: StoredContent) {
  return stagingName === null ? [] : [{ sha256, stagingName }]
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
