import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import type { GuardedBitstream } from '../../domain/files/bitstream-store.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion } from '../expected-version.ts'
import type { BitstreamChange } from './change-bitstream.ts'
import type { FileChangeDeps } from './change-bundle.ts'

/**
 * Deletes a file, for those who may DELETE it and REMOVE from its bundle; its bytes go when no other file has them.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`, `INVALID` for the logo of a
 * community or collection
 */
export function deleteBitstream({ unitOfWork, clock }: FileChangeDeps) {
  return (actor: Actor, input: BitstreamChange): Promise<void> =>
    unitOfWork(async (tx) => {
      const now = clock()
      await tx.homes.lock([input.id])
      const found = await deletable(tx, actor, input.id, dayOf(now))
      requireVersion(found.value, input.expected)
      await remove(tx, [found], now)
    })
}

/**
 * Deletes several files, all of them or none (RestContract bitstreams.md, "Deletion of multiple bitstreams in a single
 * request").
 *
 * @throws DomainError as {@link deleteBitstream}, for the first file that cannot be deleted
 */
export function deleteBitstreams({ unitOfWork, clock }: FileChangeDeps) {
  return (actor: Actor, ids: readonly string[]): Promise<void> =>
    unitOfWork(async (tx) => {
      const now = clock()
      await tx.homes.lock(ids)
      const found: GuardedBitstream[] = []
      for (const id of new Set(ids)) found.push(await deletable(tx, actor, id, dayOf(now)))
      await remove(tx, found, now)
    })
}

async function remove(tx: Transaction, found: readonly GuardedBitstream[], now: Date): Promise<void> {
  await tx.bitstreams.delete(found.map(({ value }) => value.id))
  const itemIds = new Set(found.flatMap(({ itemId }) => (itemId === null ? [] : [itemId])))
  for (const itemId of itemIds) await tx.homes.touch(itemId, now)
}

async function deletable(
  tx: Transaction,
  actor: Actor,
  id: string,
  today: string,
): Promise<GuardedBitstream> {
  const found = await tx.bitstreams.find(id)
  if (found === undefined) throw notFound('bitstream', id)
  requireAllowed(actor, 'DELETE', found.access, today, { kind: 'bitstream', id })
  const { bundleId } = found.value
  if (bundleId === null)
    throw invalid(`File ${id} is in no item; a logo goes with its community or collection`)
  const bundle = await tx.bundles.find(bundleId)
  if (bundle === undefined) throw notFound('bundle', bundleId)
  requireAllowed(actor, 'REMOVE', bundle.access, today, { kind: 'bundle', id: bundleId })
  return found
}
