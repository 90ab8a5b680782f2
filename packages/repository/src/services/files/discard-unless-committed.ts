import type { ContentStore } from '../../domain/files/content-store.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'

/**
 * Runs a transaction that records staged bytes, and removes the bytes when it fails.
 *
 * @throws what `work` throws
 */
export async function discardUnlessCommitted<T>(
  { contents, unitOfWork }: { readonly contents: ContentStore; readonly unitOfWork: UnitOfWork },
  stagingNames: readonly string[],
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let committing = false
  try {
    return await unitOfWork(async (tx) => {
      // The transaction may be run again after a lost race.
      committing = false
      const result = await work(tx)
      committing = true
      return result
    })
  } catch (error) {
    // A commit whose answer was lost may have happened: its bytes stay, and the sweep at start decides.
    if (!committing) for (const name of stagingNames) await contents.discard(name)
    throw error
  }
}
