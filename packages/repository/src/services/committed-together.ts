import type { Transaction, UnitOfWork } from '../domain/unit-of-work.ts'

/**
 * Runs a transaction that does the work of several requests.
 *
 * @returns undefined where nothing was done: what failed is met again by the request that it is about, on its own
 * @throws what the commit throws: it may have happened
 */
export async function committedTogether<T>(
  unitOfWork: UnitOfWork,
  work: (tx: Transaction) => Promise<T>,
): Promise<T | undefined> {
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
    if (committing) throw error
    return undefined
  }
}
