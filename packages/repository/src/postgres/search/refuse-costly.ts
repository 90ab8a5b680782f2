import { DomainError } from '../../domain/errors.ts'

// SQLSTATE query_canceled: the connections of searches end statements that take too long.
const CANCELED = '57014'

/**
 * Waits for the statements of a search.
 *
 * @throws DomainError `SEARCH_TOO_COSTLY` when they took too long; any other failure as it is
 */
export async function refuseCostly<T>(statements: Promise<T>): Promise<T> {
  try {
    return await statements
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === CANCELED)) throw error
    throw new DomainError(
      'SEARCH_TOO_COSTLY',
      'The search takes too long; ask for less',
      {},
      { cause: error },
    )
  }
}
