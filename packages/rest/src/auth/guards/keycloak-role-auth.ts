import { claimTexts } from '../claim-values.ts'
import { guardBy, type Guard } from './guard.ts'
import { requireRole, type RoleOptions } from './require-role.ts'

/** Options of {@link keycloakRoleAuth}. */
export interface KeycloakRoleOptions extends RoleOptions {
  /** Where the roles are in the token; default `realm_access.roles`. */
  readonly prefix?: string
}

/**
 * A {@link Guard} by roles of a Keycloak realm. Otherwise 403 `authorization-failed`, or as `authenticated` without a
 * valid token.
 *
 * @example
 * const clients = keycloakRoleAuth({ prefix: 'resource_access.orchard.roles', roles: ['gardener'] })
 */
export function keycloakRoleAuth({ roles, prefix = 'realm_access.roles' }: KeycloakRoleOptions): Guard {
  const path = prefix.split('.')
  return guardBy(
    (request) => {
      requireRole(request, roles, (claims) => claimTexts(claims, path))
    },
    { roles },
  )
}
