import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Group } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readPerson } from './read-person.ts'

/**
 * The groups that a person is directly in, for those who may see the person (RestContract epersons.md, "Groups").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listGroupsOfPerson(deps: { reading: Pick<Reading, 'groups' | 'people'> }) {
  return async (actor: Actor, personId: string, page: PageRequest): Promise<Page<Group>> => {
    const person = await readPerson(deps)(actor, personId)
    return deps.reading.groups.list({ memberId: person.id }, page)
  }
}
