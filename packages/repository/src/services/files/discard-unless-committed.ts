import type { ContentStore } from '../../domain/files/content-store.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { unlessCommitted } from '../unless-committed.ts'

/**
 * Runs a transaction that records staged bytes, and removes the bytes when it fails. Where the answer to its commit was lost
 * they stay, and the sweep at start decides.
 *
 * @throws what `work` throws
 */
export function discardUnlessCommitted<T>(
  { contents, unitOfWork }: { readonly contents: ContentStore; readonly unitOfWork: UnitOfWork },
  stagingNames: readonly string[],
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return unlessCommitted(unitOfWork, work, async (error): Promise<never> => {
    for (const name of stagingNames) await contents.discard(name)
    throw error
  })
}
