import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Community } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'

/** What every change of a community needs. */
export interface CommunityChangeDeps {
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
}

/**
 * The frame of every change of a community: read within the transaction, check right and version, change, save.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function changeCommunity(
  { unitOfWork, clock }: CommunityChangeDeps,
  actor: Actor,
  input: { id: string; expected: ExpectedVersion },
  change: (tx: Transaction, community: Community) => Promise<Community>,
): Promise<Community> {
  return unitOfWork(async (tx) => {
    const now = clock()
    const found = await tx.communities.find(input.id)
    if (found === undefined) throw notFound('community', input.id)
    requireAllowed(actor, 'WRITE', found.access, dayOf(now), { kind: 'community', id: input.id })
    requireVersion(found.value, input.expected)
    const changed = await change(tx, found.value)
    return tx.communities.update({ ...changed, modifiedAt: now })
  })
}
