import type { Actor } from '../../domain/access/actor.ts'
import { isForReading, PERMISSIONS, type Permission } from '../../domain/access/permission.ts'
import { invalid } from '../../domain/errors.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { findRole } from './find-role.ts'
import { requireAdministrator } from './require-allowed.ts'

/** Permissions of a role, by name. */
export interface PermissionChange {
  /** `anonymous`, `authenticated` or the name of a group. */
  readonly role: string
  readonly permissions: readonly string[]
}

/**
 * Gives a role permissions, for administrators; it counts from the next request on. Everybody can be permitted to read
 * alone: visitors change nothing.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `REFERENCE_INVALID` for an unknown role; `INVALID` with `field`
 * `role` for administrators, who hold every permission, and `permission`
 */
export function grantPermissions({ unitOfWork }: { readonly unitOfWork: UnitOfWork }) {
  return async (actor: Actor, change: PermissionChange): Promise<void> => {
    requireAdministrator(actor, PERMISSIONS_THEMSELVES)
    const permissions = change.permissions.map(requireKnown)
    await unitOfWork(async (tx) => {
      const role = await findRole(tx, change.role)
      const refused = role === 'anonymous' ? permissions.find((one) => !isForReading(one)) : undefined
      if (refused !== undefined) {
        throw invalid(`Visitors change nothing: ${refused} is for authenticated or a group`, 'permission')
      }
      await tx.permissions.give(role, permissions)
    })
  }
}

/**
 * Takes permissions from a role, for administrators. What somebody holds by another role stays.
 *
 * @throws DomainError as {@link grantPermissions}
 */
export function revokePermissions({ unitOfWork }: { readonly unitOfWork: UnitOfWork }) {
  return async (actor: Actor, change: PermissionChange): Promise<void> => {
    requireAdministrator(actor, PERMISSIONS_THEMSELVES)
    const permissions = change.permissions.map(requireKnown)
    await unitOfWork(async (tx) => tx.permissions.take(await findRole(tx, change.role), permissions))
  }
}

const PERMISSIONS_THEMSELVES = { kind: 'permissions', id: null }

function requireKnown(name: string): Permission {
  const known = PERMISSIONS.find((permission) => permission === name)
  if (known === undefined) throw invalid(`There is no permission of this name: ${name}`, 'permission')
  return known
}
