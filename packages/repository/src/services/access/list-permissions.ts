import type { Actor } from '../../domain/access/actor.ts'
import { PERMISSIONS } from '../../domain/access/permission.ts'
import type { RolePermissions } from '../../domain/access/permission-store.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { ADMINISTRATOR_ROLE, FIXED_ROLES } from './find-role.ts'
import { requireAdministrator } from './require-allowed.ts'

/**
 * What each role may do with the Islandora dialect, for administrators: everybody, everybody who has signed in,
 * administrators, and the groups that were given anything.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function listPermissions(deps: { readonly reading: Pick<Reading, 'permissions'> }) {
  return async (actor: Actor): Promise<readonly RolePermissions[]> => {
    requireAdministrator(actor, { kind: 'permissions', id: null })
    const given = await deps.reading.permissions.ofRoles()
    const fixed = FIXED_ROLES.map((role) => {
      const found = given.find((one) => one.groupId === undefined && one.role === role)
      return found ?? { role, groupId: undefined, permissions: [] }
    })
    const administrator = { role: ADMINISTRATOR_ROLE, groupId: undefined, permissions: PERMISSIONS }
    return [...fixed, administrator, ...given.filter(({ groupId }) => groupId !== undefined)]
  }
}
