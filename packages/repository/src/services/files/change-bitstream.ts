import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { GuardedBitstream } from '../../domain/files/bitstream-store.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import type { FileChangeDeps } from './change-bundle.ts'

/** Which file is to be changed, and at which version. */
export interface BitstreamChange {
  readonly id: string
  readonly expected: ExpectedVersion
}

/**
 * The frame of every change of a file: read within the transaction, check right and version, change, save.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function changeBitstream(
  { unitOfWork, clock }: FileChangeDeps,
  actor: Actor,
  input: BitstreamChange,
  change: (tx: Transaction, found: GuardedBitstream, today: string) => Promise<Bitstream>,
): Promise<Bitstream> {
  return unitOfWork((tx) => changeBitstreamIn(tx, actor, input, { clock }, change))
}

/** The same within a transaction that does more. */
export async function changeBitstreamIn(
  tx: Transaction,
  actor: Actor,
  input: BitstreamChange,
  { clock }: Pick<FileChangeDeps, 'clock'>,
  change: (tx: Transaction, found: GuardedBitstream, today: string) => Promise<Bitstream>,
): Promise<Bitstream> {
  const now = clock()
  const found = await tx.bitstreams.find(input.id)
  if (found === undefined) throw notFound('bitstream', input.id)
  requireAllowed(actor, 'WRITE', found.access, dayOf(now), { kind: 'bitstream', id: input.id })
  requireVersion(found.value, input.expected)
  const changed = await change(tx, found, dayOf(now))
  return changed === found.value ? changed : tx.bitstreams.update({ ...changed, modifiedAt: now })
}
