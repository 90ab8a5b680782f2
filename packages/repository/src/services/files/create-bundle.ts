import { randomUUID } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { DomainError, invalid, notFound } from '../../domain/errors.ts'
import { metadataValue, type Metadata } from '../../domain/metadata/metadata.ts'
import type { Bundle } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import type { FileChangeDeps } from './change-bundle.ts'
import { newBundlePolicies } from './file-policies.ts'

export interface NewBundle {
  readonly itemId: string
  /** Becomes `dc.title` too. */
  readonly name: string
  readonly metadata?: Metadata
}

/**
 * Adds a bundle behind an item's others, for those who may ADD to the item (RestContract items.md, "Bundles").
 *
 * @throws DomainError `NOT_FOUND`, `INVALID` without a name, `CONFLICT` with `field: 'name'` when the item has a bundle
 * of that name, `FIELD_UNKNOWN`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function createBundle(deps: FileChangeDeps) {
  return (actor: Actor, input: NewBundle): Promise<Bundle> =>
    deps.unitOfWork((tx) => createBundleIn(tx, actor, input, deps))
}

/** The same within a transaction that does more. */
export async function createBundleIn(
  tx: Transaction,
  actor: Actor,
  input: NewBundle,
  { clock }: { readonly clock: Clock },
): Promise<Bundle> {
  const now = clock()
  const item = await tx.items.find(input.itemId)
  if (item === undefined) throw notFound('item', input.itemId)
  requireAllowed(actor, 'ADD', item.access, dayOf(now), { kind: 'item', id: input.itemId })
  await requireFreeName(tx, input.itemId, input.name)
  const bundle = newBundle(input, now)
  await requireKnownMetadata(tx.fields, bundle.metadata)
  await tx.bundles.insert(bundle)
  const inherited = await tx.policies.ofResources([input.itemId])
  await tx.policies.insert(newBundlePolicies(bundle, item.value, inherited))
  return bundle
}

/** A bundle without files. */
export function newBundle(input: NewBundle, now: Date): Bundle {
  return {
    kind: 'bundle',
    id: randomUUID(),
    itemId: input.itemId,
    name: input.name,
    primaryBitstreamId: null,
    metadata: { ...input.metadata, 'dc.title': [metadataValue(input.name)] },
    version: 1,
    createdAt: now,
    modifiedAt: now,
  }
}

/**
 * Refuses a name that is none, or that another bundle of the item has.
 *
 * @throws DomainError `INVALID`, `CONFLICT`
 */
export async function requireFreeName(
  tx: Pick<Transaction, 'bundles' | 'homes'>,
  itemId: string,
  name: string,
): Promise<void> {
  if (name.trim() === '') throw invalid('A bundle has a name', 'name')
  await tx.homes.lock([itemId])
  if ((await tx.bundles.named(itemId, name)) !== undefined) {
    throw new DomainError('CONFLICT', `The item has a bundle ${name} already`, { field: 'name', name })
  }
}
