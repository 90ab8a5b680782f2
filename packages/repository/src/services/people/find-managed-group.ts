import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { GroupReader } from '../../domain/people/group-store.ts'
import type { Group } from '../../domain/records/record.ts'
import { refusal, requireAdminScope } from '../access/require-allowed.ts'

/**
 * Finds a group for somebody who wants to change who is in it: administrators, and for a group with a role in a community
 * or collection those who administer that (AuthorizeUtil of the original, "authorizeManageGroup").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function findManagedGroup(
  groups: Pick<GroupReader, 'find' | 'roleOf'>,
  actor: Actor,
  id: string,
): Promise<Group> {
  const group = await groups.find(id)
  if (group === undefined) throw notFound('group', id)
  requireAdminScope(actor, { kind: 'group', id })
  if (actor.isAdministrator) return group
  const role = await groups.roleOf(id)
  if (role !== undefined && actor.administers.includes(role.recordId)) return group
  throw refusal(actor, 'change', { kind: 'group', id })
}
