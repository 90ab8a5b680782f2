import { DomainError } from '@hexapla/repository'
import type { ErrorAnswer, Failure } from '@hexapla/rest'
import { plainStatus } from '../../http/plain-status.ts'

/**
 * A failure as the original writes it: `{success: false, message}`, with `authenticated: false` where a token is no good
 * (document 001, "refresh API token after expiration"), and each argument at fault in `errors`, as Flask-RESTX does.
 */
export function peleError(failure: Failure): ErrorAnswer {
  const errors = faultsOf(failure)
  return {
    status: plainStatus(failure),
    headers: { 'content-type': 'application/json' },
    body: {
      success: false,
      message: failure.message,
      ...(failure.code.startsWith('token-') && { authenticated: false }),
      ...(errors.length > 0 && { errors: Object.fromEntries(errors) }),
      ...(failure.referenceId !== undefined && { reference: failure.referenceId }),
    },
  }
}

function faultsOf({ fields = [], cause, message }: Failure): (readonly [name: string, message: string])[] {
  const field = cause instanceof DomainError && cause.code === 'INVALID' ? cause.data['field'] : undefined
  if (typeof field === 'string') return [[field, message]]
  return fields.map((fault) => [fault.name, fault.message])
}
