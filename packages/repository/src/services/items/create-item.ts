import { randomUUID } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { badReference } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import { ownMetadata } from '../../domain/metadata/virtual-values.ts'
import type { Identifiers, NamingConfig } from '../../domain/records/identifiers.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { inheritedItemPolicies } from './item-policies.ts'

export interface NewItem {
  readonly owningCollectionId: string
  readonly metadata: Metadata
  /** Whether searches and browses show it; true unless said otherwise. */
  readonly discoverable?: boolean
  /** Names that the item brings along; kept, or refused when taken. */
  readonly identifiers?: Partial<Identifiers>
}

/**
 * Creates an archived item in a collection, past any workflow: for those who administer the collection
 * (RestContract items.md, "Creating an archived item").
 *
 * @throws DomainError `REFERENCE_INVALID` without such a collection, `FIELD_UNKNOWN`, `CONFLICT` for a taken handle or
 * pid, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function createItem(deps: { unitOfWork: UnitOfWork; clock: Clock; naming: NamingConfig }) {
  return (actor: Actor, input: NewItem): Promise<Item> =>
    deps.unitOfWork((tx) => createItemIn(tx, actor, input, deps))
}

/** The same within a transaction that does more. */
export async function createItemIn(
  tx: Transaction,
  actor: Actor,
  input: NewItem,
  { clock, naming }: { clock: Clock; naming: NamingConfig },
): Promise<Item> {
  const now = clock()
  const owner = await tx.collections.find(input.owningCollectionId)
  if (owner === undefined) {
    throw badReference(
      `No collection has the identifier ${input.owningCollectionId}`,
      input.owningCollectionId,
    )
  }
  requireAllowed(actor, 'ADMIN', owner.access, dayOf(now), { kind: 'collection', id: owner.value.id })
  await requireKnownMetadata(tx.fields, input.metadata)

  const names = await tx.identifiers.assign(input.identifiers)
  const item = archivedItem(input, { actor, names, now, naming })
  await tx.items.insert(item)
  await tx.policies.insert(inheritedItemPolicies(item.id, owner.access.policies))
  return item
}

/** A new item as it enters the archive. */
export function archivedItem(
  input: Omit<NewItem, 'identifiers' | 'owningCollectionId'> & {
    /** Null for an item that is in no collection. */
    readonly owningCollectionId: string | null
  },
  entry: {
    readonly actor: Actor
    readonly names: Identifiers
    readonly now: Date
    readonly naming: Pick<NamingConfig, 'handleResolver'>
  },
): Item {
  const { actor, names, now, naming } = entry
  return {
    kind: 'item',
    id: randomUUID(),
    ...names,
    metadata: installed(ownMetadata(input.metadata), naming.handleResolver + names.handle, now),
    version: 1,
    createdAt: now,
    modifiedAt: now,
    owningCollectionId: input.owningCollectionId,
    templateOfId: null,
    submitterId: actor.personId,
    inArchive: true,
    withdrawn: false,
    discoverable: input.discoverable ?? true,
  }
}

/** What the original adds when an item enters the archive: its URI and the moments of accession and availability. */
function installed(metadata: Metadata, uri: string, now: Date): Metadata {
  const moment = metadataValue(`${now.toISOString().slice(0, 19)}Z`)
  const uris = metadata['dc.identifier.uri'] ?? []
  return {
    ...metadata,
    'dc.date.accessioned': [...(metadata['dc.date.accessioned'] ?? []), moment],
    'dc.date.available': metadata['dc.date.available'] ?? [moment],
    'dc.identifier.uri': uris.some((known) => known.value === uri) ? uris : [...uris, metadataValue(uri)],
  }
}
