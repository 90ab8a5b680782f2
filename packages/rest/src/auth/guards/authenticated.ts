import { guardBy, type Guard } from './guard.ts'
import { requireIdentity } from './require-identity.ts'

/**
 * A {@link Guard} that lets through whoever has a valid token, whatever it says.
 *
 * Otherwise 401 `authentication-failed` with `WWW-Authenticate: Bearer`, and `error="invalid_token"` when there was a
 * token (RFC 6750 section 3); 503 `provider-unavailable` when the provider cannot tell.
 *
 * @example
 * server.addRoute('/fruits', protect(Fruits, { post: authenticated }))
 */
export const authenticated: Guard = guardBy((request) => {
  requireIdentity(request)
})
