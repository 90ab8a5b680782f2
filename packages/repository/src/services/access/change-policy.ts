import type { Actor } from '../../domain/access/actor.ts'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import type { Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { findAdministeredResource } from './administered-resource.ts'
import { requireAdminScope, requireSignedIn } from './require-allowed.ts'
import { touchResource } from './touch-resource.ts'

/** What every change of a policy needs. */
export interface PolicyChangeDeps {
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
}

/**
 * The frame of every change of a policy, for those who administer what it is on: read within the transaction, check the
 * right, change, touch.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`, `NOT_ALLOWED`
 */
export function changePolicy<T>(
  { unitOfWork, clock }: PolicyChangeDeps,
  actor: Actor,
  id: number,
  change: (tx: Transaction, policy: ResourcePolicy) => Promise<T>,
): Promise<T> {
  return unitOfWork(async (tx) => {
    const what = { kind: 'policy', id: String(id) }
    requireSignedIn(actor, what)
    requireAdminScope(actor, what)
    // Changes of one policy take turns: it has no version to tell who came first.
    await tx.lock(`policy ${id}`)
    const policy = await tx.policies.find(id)
    if (policy === undefined) throw notFound('policy', String(id))
    const now = clock()
    const resource = await findAdministeredResource(tx, actor, policy.resourceId, now)
    const result = await change(tx, policy)
    await touchResource(tx, resource, now)
    return result
  })
}
