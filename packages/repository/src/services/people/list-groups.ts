import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Group } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAccountManager } from './may-manage-accounts.ts'

/**
 * Groups by words of their names, for those who manage accounts (RestContract epersongroups.md, "byMetadata" and
 * "isNotMemberOf").
 *
 * @param query.notSubgroupsOf only groups that could still be put into this one
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listGroups(deps: { reading: Pick<Reading, 'groups'> }) {
  return async (
    actor: Actor,
    query: { words?: string; notSubgroupsOf?: string },
    page: PageRequest,
  ): Promise<Page<Group>> => {
    requireAccountManager(actor, 'group')
    return deps.reading.groups.list(query, page)
  }
}
