import type { Grantee, Policy } from '../../domain/access/policy.ts'
import { badReference } from '../../domain/errors.ts'
import type { Group, Person } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

type Accounts = Pick<Reading, 'people' | 'groups'>

/** Whom a policy names. */
export async function findGrantee(
  { people, groups }: Accounts,
  { personId, groupId }: Pick<Policy, 'personId' | 'groupId'>,
): Promise<Person | Group | undefined> {
  if (personId !== null) return people.find(personId)
  return groupId === null ? undefined : groups.find(groupId)
}

/**
 * Refuses to permit something to nobody.
 *
 * @throws DomainError `REFERENCE_INVALID` for an unknown person or group
 */
export async function requireGrantee(accounts: Accounts, to: Grantee): Promise<void> {
  if ((await findGrantee(accounts, { personId: null, groupId: null, ...to })) !== undefined) return
  const [kind, id] = 'personId' in to ? ['person', to.personId] : ['group', to.groupId]
  throw badReference(`No ${kind} has the identifier ${id}`, id)
}
