import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Bundle } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'

/** What every change of bundles and files without new bytes needs. */
export interface FileChangeDeps {
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
}

/**
 * The frame of every change of a bundle: read within the transaction, check right and version, change, save.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function changeBundle(
  { unitOfWork, clock }: FileChangeDeps,
  actor: Actor,
  input: { id: string; expected: ExpectedVersion },
  change: (tx: Transaction, found: Guarded<Bundle>) => Promise<Bundle>,
): Promise<Bundle> {
  return unitOfWork(async (tx) => {
    const now = clock()
    const found = await tx.bundles.find(input.id)
    if (found === undefined) throw notFound('bundle', input.id)
    requireAllowed(actor, 'WRITE', found.access, dayOf(now), { kind: 'bundle', id: input.id })
    requireVersion(found.value, input.expected)
    const changed = await change(tx, found)
    return changed === found.value ? changed : tx.bundles.update({ ...changed, modifiedAt: now })
  })
}
