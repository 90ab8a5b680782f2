import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Person } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAccountManager } from './may-manage-accounts.ts'

/**
 * People by words of their names and addresses, for those who manage accounts (RestContract epersons.md, "byMetadata" and
 * "isNotMemberOf").
 *
 * @param query.notMemberOf leaves out who is directly in this group
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listPeople(deps: { reading: Pick<Reading, 'people'> }) {
  return async (
    actor: Actor,
    query: { words?: string; notMemberOf?: string },
    page: PageRequest,
  ): Promise<Page<Person>> => {
    requireAccountManager(actor, 'person')
    return deps.reading.people.list(query, page)
  }
}
