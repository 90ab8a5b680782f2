import { HttpError } from '../../http-error.ts'
import type { RestRequest } from '../../request.ts'
import { identityKey, tokenFailureKey, type Identity } from '../identity.ts'
import type { TokenError } from '../token-error.ts'

/**
 * Who asks, as a hook found out.
 *
 * @throws HttpError 401 `authentication-failed` with `WWW-Authenticate`, or 503 `provider-unavailable` when it is not
 * known whether the token is good.
 */
export function requireIdentity(request: RestRequest): Identity {
  const identity = request.state.get(identityKey)
  if (identity !== undefined) return identity
  const failure = request.state.get(tokenFailureKey)
  if (failure === undefined) throw unauthenticated('realm="api"')
  if (failure.code === 'provider-unavailable') throw unavailable(failure)
  request.log.info({ code: failure.code, reason: failure.message }, 'token not accepted')
  throw unauthenticated('error="invalid_token"', failure)
}

/** RFC 9110 section 15.5.2, with the challenge of RFC 6750 section 3. */
function unauthenticated(parameters: string, cause?: TokenError): HttpError {
  return new HttpError(401, 'authentication-failed', 'authentication failed', {
    headers: { 'www-authenticate': `Bearer ${parameters}` },
    cause,
  })
}

function unavailable(failure: TokenError): HttpError {
  return new HttpError(503, 'provider-unavailable', 'tokens cannot be checked at the moment', {
    headers: { 'retry-after': String(Math.ceil(failure.retryAfterSeconds ?? 5)) },
    cause: failure,
  })
}
