import type { Role } from '../../domain/access/permission-store.ts'
import { badReference, invalid } from '../../domain/errors.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/** The roles that are no groups. */
export const FIXED_ROLES = ['anonymous', 'authenticated'] as const

/** The role whose permissions nobody changes: all. */
export const ADMINISTRATOR_ROLE = 'administrator'

/**
 * Finds a role by its name: one of the fixed ones, which are also the groups Anonymous and Administrator, or another group.
 *
 * @throws DomainError `REFERENCE_INVALID`; `INVALID` with `field: 'role'` for administrators
 */
export async function findRole({ groups }: Pick<Reading, 'groups'>, name: string): Promise<Role> {
  const word = name.toLowerCase()
  if (word === ADMINISTRATOR_ROLE) throw invalid('Administrators hold every permission', 'role')
  const fixed = FIXED_ROLES.find((role) => role === word)
  if (fixed !== undefined) return fixed
  const group = name.includes('\0') ? undefined : await groups.named(name)
  if (group === undefined) throw badReference('No role and no group has this name', name)
  return { groupId: group.id }
}
