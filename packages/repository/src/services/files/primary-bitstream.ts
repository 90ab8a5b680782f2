import type { Actor } from '../../domain/access/actor.ts'
import { badReference, DomainError } from '../../domain/errors.ts'
import type { Bitstream, Bundle } from '../../domain/records/record.ts'
import type { Reading, Transaction } from '../../domain/unit-of-work.ts'
import type { Clock } from '../../domain/clock.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { changeBundle, type FileChangeDeps } from './change-bundle.ts'
import { readBundle } from './read-bundle.ts'

/** Which bundle is to be changed, and at which version. */
export interface BundleChange {
  readonly bundleId: string
  readonly expected: ExpectedVersion
}

/**
 * The primary file of a bundle, for those who may READ the bundle (RestContract bundles.md, "Primary bitstream").
 *
 * @returns null when the bundle has none
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readPrimaryBitstream(deps: {
  reading: Pick<Reading, 'bitstreams' | 'bundles'>
  clock: Clock
}) {
  const read = readBundle(deps)
  return async (actor: Actor, bundleId: string): Promise<Bitstream | null> => {
    const { primaryBitstreamId } = await read(actor, bundleId)
    if (primaryBitstreamId === null) return null
    return (await deps.reading.bitstreams.find(primaryBitstreamId))?.value ?? null
  }
}

/**
 * Makes a file of a bundle without a primary one its primary file.
 *
 * @throws DomainError `CONFLICT` when there is one, `REFERENCE_INVALID` for a file that is not in the bundle, and those
 * of `changeBundle`
 */
export function createPrimaryBitstream(deps: FileChangeDeps) {
  return (actor: Actor, input: BundleChange & { readonly bitstreamId: string }): Promise<Bundle> =>
    changePrimary(deps, actor, input, { had: false, becomes: input.bitstreamId })
}

/**
 * Makes another file of a bundle its primary file.
 *
 * @throws DomainError `CONFLICT` when there is none yet, and as {@link createPrimaryBitstream}
 */
export function changePrimaryBitstream(deps: FileChangeDeps) {
  return (actor: Actor, input: BundleChange & { readonly bitstreamId: string }): Promise<Bundle> =>
    changePrimary(deps, actor, input, { had: true, becomes: input.bitstreamId })
}

/**
 * Leaves a bundle without a primary file; the file itself stays.
 *
 * @throws DomainError `CONFLICT` when there is none, and those of `changeBundle`
 */
export function removePrimaryBitstream(deps: FileChangeDeps) {
  return (actor: Actor, input: BundleChange): Promise<Bundle> =>
    changePrimary(deps, actor, input, { had: true, becomes: null })
}

function changePrimary(
  deps: FileChangeDeps,
  actor: Actor,
  { bundleId, expected }: BundleChange,
  { had, becomes }: { had: boolean; becomes: string | null },
): Promise<Bundle> {
  return changeBundle(deps, actor, { id: bundleId, expected }, async (tx, { value: bundle }) => {
    if (had !== (bundle.primaryBitstreamId !== null)) {
      const state = had ? 'no primary file' : 'a primary file already'
      throw new DomainError('CONFLICT', `The bundle has ${state}`, { field: 'primaryBitstream' })
    }
    if (becomes !== null) await requireInBundle(tx, bundle, becomes)
    return { ...bundle, primaryBitstreamId: becomes }
  })
}

async function requireInBundle(tx: Transaction, bundle: Bundle, bitstreamId: string): Promise<void> {
  const found = await tx.bitstreams.find(bitstreamId)
  if (found?.value.bundleId !== bundle.id)
    throw badReference(`The bundle has no file ${bitstreamId}`, bitstreamId)
}
