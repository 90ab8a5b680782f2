import type { Transaction, UnitOfWork } from '../domain/unit-of-work.ts'

/**
 * Runs a transaction, and something else where it was certainly not committed.
 *
 * @param otherwise told why it failed; what it returns or throws counts in place of that
 * @throws what the commit throws: it may have happened
 */
export async function unlessCommitted<T, Otherwise>(
  unitOfWork: UnitOfWork,
  work: (tx: Transaction) => Promise<T>,
  otherwise: (error: unknown) => Promise<Otherwise>,
): Promise<T | Otherwise> {
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
    return otherwise(error)
  }
}
