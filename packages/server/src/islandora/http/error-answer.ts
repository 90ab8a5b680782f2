import type { ErrorAnswer, Failure } from '@hexapla/rest'
import { plainStatus } from '../../http/plain-status.ts'

/** A failure as `{message}`; one of the server itself names the line of the log that has its cause. */
export function islandoraError(failure: Failure): ErrorAnswer {
  const { message, referenceId } = failure
  const status = plainStatus(failure)
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...(status === 401 && { 'www-authenticate': 'Basic realm="Islandora", charset="UTF-8"' }),
    },
    body: { message, ...(referenceId !== undefined && { reference: referenceId }) },
  }
}
