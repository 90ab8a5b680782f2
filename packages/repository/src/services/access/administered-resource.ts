import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { findResource, type GuardedResource } from './find-resource.ts'
import { requireAdminScope, requireAllowed, requireSignedIn } from './require-allowed.ts'

/**
 * Finds something that policies are on, for those who administer it: they alone see and change all of them.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`, `NOT_ALLOWED`
 */
export async function findAdministeredResource(
  reading: Reading,
  actor: Actor,
  id: string,
  now: Date,
): Promise<GuardedResource> {
  const what = { kind: 'resource', id }
  requireSignedIn(actor, what)
  requireAdminScope(actor, what)
  const found = await findResource(reading, id)
  requireAllowed(actor, 'ADMIN', found.access, dayOf(now), found.value)
  return found
}
