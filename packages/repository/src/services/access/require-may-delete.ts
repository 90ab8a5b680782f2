import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import type { Collection, Community } from '../../domain/records/record.ts'
import { requireAllowed } from './require-allowed.ts'

/**
 * Who may delete a community or collection: whoever holds DELETE on it, and those who administer the community that
 * it lies in. Its own administrators may not, unless it lies at the top (`getAdminObject` of the original's community
 * and collection services, in their default configuration).
 *
 * @param today the current day, `YYYY-MM-DD`
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function requireMayDelete(
  actor: Actor,
  { value, access }: Guarded<Community | Collection>,
  today: string,
): void {
  const policies = access.policies.filter(({ action }) => action === 'DELETE')
  const rulers = { containerIds: [value.parentId ?? value.id], policies }
  requireAllowed(actor, 'DELETE', rulers, today, { kind: value.kind, id: value.id })
}
