import type { Actor } from '../../domain/access/actor.ts'
import type { GroupRole } from '../../domain/people/group-store.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readGroup } from './read-group.ts'

/**
 * The community or collection in which a group holds a role, when it does (RestContract epersongroups.md, "Related DSpace
 * Object of group"); for those who may see the group.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readGroupRole(deps: { reading: Pick<Reading, 'groups'> }) {
  return async (actor: Actor, groupId: string): Promise<GroupRole | undefined> => {
    const group = await readGroup(deps)(actor, groupId)
    return deps.reading.groups.roleOf(group.id)
  }
}
