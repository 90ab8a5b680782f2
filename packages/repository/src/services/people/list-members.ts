import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Person } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAccountManager } from './may-manage-accounts.ts'
import { readGroup } from './read-group.ts'

/**
 * The people who are directly in a group, for those who manage accounts: members see the group, not each other.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listMembers(deps: { reading: Pick<Reading, 'groups' | 'people'> }) {
  return async (actor: Actor, groupId: string, page: PageRequest): Promise<Page<Person>> => {
    requireAccountManager(actor, 'person')
    const group = await readGroup(deps)(actor, groupId)
    return deps.reading.people.list({ memberOf: group.id }, page)
  }
}
