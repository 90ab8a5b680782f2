import { OperationProcessingError, UnsupportedOperationError } from 'oauth4webapi'
import { OpenIDError } from './openid-error.ts'

/** Turns what `oauth4webapi` finds wrong with an answer into `provider_invalid`. */
export async function conforming<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof OperationProcessingError || error instanceof UnsupportedOperationError))
      throw error
    throw new OpenIDError(
      'provider_invalid',
      `The provider's answer is none: ${error.message}`,
      {},
      { cause: error },
    )
  }
}
