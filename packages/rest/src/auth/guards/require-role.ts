import { HttpError } from '../../http-error.ts'
import type { RestRequest } from '../../request.ts'
import type { TokenClaims } from '../token-claims.ts'
import { grantedRolesKey } from './granted.ts'
import { requireIdentity } from './require-identity.ts'

/** What the guards of roles are told. */
export interface RoleOptions {
  /** One of them is enough; none lets nobody through. */
  readonly roles: readonly string[]
}

/**
 * Leaves which of the wanted roles the token has.
 *
 * @returns the claims
 * @throws HttpError as {@link requireIdentity}; 403 `authorization-failed` (RFC 6750 section 3.1) when it has none
 */
export function requireRole(
  request: RestRequest,
  wanted: readonly string[],
  rolesOf: (claims: TokenClaims) => readonly string[],
): TokenClaims {
  const { claims } = requireIdentity(request)
  const had = rolesOf(claims)
  const granted = wanted.filter((role) => had.includes(role))
  if (granted.length === 0) {
    request.log.info({ wanted, had }, 'role mismatch')
    throw new HttpError(403, 'authorization-failed', 'authorization failed', {
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
    })
  }
  request.state.set(grantedRolesKey, granted.sort())
  return claims
}
