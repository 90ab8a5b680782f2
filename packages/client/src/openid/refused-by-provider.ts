import type { HttpError } from '../errors.ts'
import { OpenIDError } from './openid-error.ts'

// RFC 6749 section 4.1.2.1, used at other endpoints as well.
const passingErrors: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error'])

/** What an answer other than 2xx means: an OAuth error document (RFC 6749 section 5.2), a failure, or a stranger. */
export function refusedByProvider(cause: HttpError): OpenIDError {
  const { status, url } = cause
  const document = typeof cause.body === 'object' && cause.body !== null ? cause.body : {}
  const error = textOf(document, 'error')
  const errorDescription = textOf(document, 'error_description')
  const answer = { status, error, errorDescription }
  const passing = status >= 500 || status === 429 || status === 408 || passingErrors.has(error ?? '')
  if (passing) {
    return new OpenIDError('provider_unavailable', `${url} failed with ${status}`, answer, { cause })
  }
  if (error === undefined || status < 400) {
    const message = `${url} answered ${status}: is this the address of an OpenID provider?`
    return new OpenIDError('provider_invalid', message, answer, { cause })
  }
  const because = errorDescription === undefined ? error : `${error} (${errorDescription})`
  return new OpenIDError('oauth_refused', `The provider refused: ${because}`, answer, { cause })
}

function textOf(document: object, name: string): string | undefined {
  const value: unknown = Object.entries(document).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : undefined
}
