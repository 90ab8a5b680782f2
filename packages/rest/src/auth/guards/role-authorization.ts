import { claimTexts } from '../claim-values.ts'
import { guardBy, type Guard } from './guard.ts'
import { requireRole, type RoleOptions } from './require-role.ts'

/**
 * A {@link Guard} by the claim `role`. Otherwise 403 `authorization-failed`, or as `authenticated` without a valid token.
 *
 * @example
 * server.addRoute('/fruits', protect(Fruits, { post: roleAuthorization({ roles: ['gardener'] }) }))
 */
export function roleAuthorization({ roles }: RoleOptions): Guard {
  return guardBy(
    (request) => {
      requireRole(request, roles, (claims) => claimTexts(claims, ['role']))
    },
    { roles },
  )
}
