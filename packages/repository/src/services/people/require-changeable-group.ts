import { invalid } from '../../domain/errors.ts'
import type { GroupReader } from '../../domain/people/group-store.ts'
import type { Group } from '../../domain/records/record.ts'

/**
 * Refuses to rename or delete a group that the system needs, or that holds a role: those go with their community or
 * collection (RestContract epersongroups.md, "Deleting an EPerson Group" and "Replace").
 *
 * @throws DomainError `INVALID`
 */
export async function requireChangeableGroup(
  groups: Pick<GroupReader, 'roleOf'>,
  group: Group,
): Promise<void> {
  if (group.permanent) throw invalid(`${group.name} is permanent`, 'permanent')
  const role = await groups.roleOf(group.id)
  if (role !== undefined)
    throw invalid(`${group.name} holds the role ${role.role} of ${role.recordId}`, 'role')
}
