import { DomainError, type DomainErrorCode } from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'

/**
 * Answers some failures of a use case with another status than the error table has for them, where the contract of one
 * address says so. Everything else fails as it does.
 */
export async function withStatus<T>(
  statusOf: Readonly<Partial<Record<DomainErrorCode, number>>>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const status = error instanceof DomainError ? statusOf[error.code] : undefined
    if (!(error instanceof DomainError) || status === undefined) throw error
    throw new HttpError(status, error.code, error.message, { cause: error })
  }
}
