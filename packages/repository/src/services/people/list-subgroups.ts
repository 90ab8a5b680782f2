import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Group } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAccountManager } from './may-manage-accounts.ts'
import { readGroup } from './read-group.ts'

/**
 * The groups that are directly in a group, for those who manage accounts.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listSubgroups(deps: { reading: Pick<Reading, 'groups'> }) {
  return async (actor: Actor, groupId: string, page: PageRequest): Promise<Page<Group>> => {
    requireAccountManager(actor, 'group')
    const group = await readGroup(deps)(actor, groupId)
    return deps.reading.groups.list({ subgroupsOf: group.id }, page)
  }
}
