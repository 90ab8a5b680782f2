import { scopes } from '../claim-values.ts'
import { guardBy, type Guard } from './guard.ts'
import { requireRole, type RoleOptions } from './require-role.ts'

/** Options of {@link scopeRoleAuth}. */
export interface ScopeRoleOptions extends RoleOptions {
  /** What stands before the colon. */
  readonly prefix: string
}

/**
 * A {@link Guard} by the claim `scope`: the scope `fruits:write` is the role `write` under the prefix `fruits`.
 * Otherwise 403 `authorization-failed`, or as `authenticated` without a valid token.
 *
 * @example
 * const writers = scopeRoleAuth({ prefix: 'fruits', roles: ['write', 'admin'] })
 */
export function scopeRoleAuth({ roles, prefix }: ScopeRoleOptions): Guard {
  const start = `${prefix}:`
  return guardBy(
    (request) => {
      requireRole(request, roles, (claims) =>
        scopes(claims)
          .filter((scope) => scope.startsWith(start))
          .map((scope) => scope.slice(start.length)),
      )
    },
    { roles },
  )
}
