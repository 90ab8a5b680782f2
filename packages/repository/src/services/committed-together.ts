import type { Transaction, UnitOfWork } from '../domain/unit-of-work.ts'
import { unlessCommitted } from './unless-committed.ts'

/**
 * Runs a transaction that does the work of several requests.
 *
 * @returns undefined where nothing was done: what failed is met again by the request that it is about, on its own
 * @throws CommitUncertain
 */
export function committedTogether<T>(
  unitOfWork: UnitOfWork,
  work: (tx: Transaction) => Promise<T>,
): Promise<T | undefined> {
  return unlessCommitted(unitOfWork, work, async () => undefined)
}
