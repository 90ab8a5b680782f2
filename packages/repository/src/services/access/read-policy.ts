import type { Actor } from '../../domain/access/actor.ts'
import { names } from '../../domain/access/allows.ts'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import type { Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Group, Person } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { findAdministeredResource } from './administered-resource.ts'
import { findGrantee } from './find-grantee.ts'
import { requireAdminScope, requireSignedIn } from './require-allowed.ts'

interface ReadDeps {
  readonly reading: Reading
  readonly clock: Clock
}

/**
 * Reads a policy: for the people that it names, by their groups too, and those who administer the resource
 * (RestContract resourcepolicies.md, "Single Resource Policy").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readPolicy({ reading, clock }: ReadDeps) {
  return async (actor: Actor, id: number): Promise<ResourcePolicy> => {
    const what = { kind: 'policy', id: String(id) }
    requireSignedIn(actor, what)
    requireAdminScope(actor, what)
    const policy = await reading.policies.find(id)
    if (policy === undefined) throw notFound('policy', String(id))
    if (names(policy, actor) || actor.isAdministrator) return policy
    await findAdministeredResource(reading, actor, policy.resourceId, clock())
    return policy
  }
}

/**
 * Reads whom a policy names, for those who may read the policy (resourcepolicies.md, "Linked entities").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readGrantee(deps: ReadDeps) {
  const read = readPolicy(deps)
  return async (actor: Actor, id: number): Promise<Person | Group> => {
    const grantee = await findGrantee(deps.reading, await read(actor, id))
    // A policy goes with the person or group that it names.
    if (grantee === undefined) throw notFound('policy', String(id))
    return grantee
  }
}
