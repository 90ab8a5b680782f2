import { CommitUncertain, type Transaction, type UnitOfWork } from '../domain/unit-of-work.ts'

/**
 * Runs a transaction, and something else where it was certainly not committed.
 *
 * @param otherwise told why it failed; what it returns or throws counts in place of that
 * @throws CommitUncertain
 */
export async function unlessCommitted<T, Otherwise>(
  unitOfWork: UnitOfWork,
  work: (tx: Transaction) => Promise<T>,
  otherwise: (error: unknown) => Promise<Otherwise>,
): Promise<T | Otherwise> {
  try {
    return await unitOfWork(work)
  } catch (error) {
    if (error instanceof CommitUncertain) throw error
    return otherwise(error)
  }
}
