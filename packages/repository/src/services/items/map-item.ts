import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { badReference, DomainError, notFound } from '../../domain/errors.ts'
import type { Collection, Item } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import type { ItemChangeDeps } from './change-item.ts'

/** An item and the collections that it is to be shown in, or no longer. */
export interface Mapping {
  readonly itemId: string
  readonly collectionIds: readonly string[]
}

/**
 * Shows an item in further collections; those it is in already do not matter (RestContract items.md, "Mapped
 * Collections").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `REFERENCE_INVALID` for an unknown collection or the
 * owning one, `CONFLICT` for a template
 */
export function mapItem({ unitOfWork, clock }: ItemChangeDeps) {
  return (actor: Actor, input: Mapping): Promise<void> =>
    unitOfWork(async (tx) => {
      const { item, collections } = await mapping(tx, actor, input, 'ADD', dayOf(clock()))
      for (const collection of collections) await tx.items.map(item.id, collection.id)
    })
}

/** Takes an item out of collections that it is mapped into; see {@link mapItem}. */
export function unmapItem({ unitOfWork, clock }: ItemChangeDeps) {
  return (actor: Actor, input: Mapping): Promise<void> =>
    unitOfWork(async (tx) => {
      const { item, collections } = await mapping(tx, actor, input, 'REMOVE', dayOf(clock()))
      for (const collection of collections) await tx.items.unmap(item.id, collection.id)
    })
}

async function mapping(
  tx: Transaction,
  actor: Actor,
  { itemId, collectionIds }: Mapping,
  action: 'ADD' | 'REMOVE',
  today: string,
): Promise<{ item: Item; collections: Collection[] }> {
  const found = await tx.items.find(itemId)
  if (found === undefined) throw notFound('item', itemId)
  const item = found.value
  requireAllowed(actor, 'READ', found.access, today, { kind: 'item', id: itemId })
  if (item.templateOfId !== null)
    throw new DomainError('CONFLICT', 'A template is not mapped', { id: itemId })
  const collections: Collection[] = []
  for (const id of collectionIds) {
    const collection = await tx.collections.find(id)
    if (collection === undefined) throw badReference(`No collection has the identifier ${id}`, id)
    if (id === item.owningCollectionId) throw badReference('The item is owned by that collection', id)
    requireAllowed(actor, action, collection.access, today, { kind: 'collection', id })
    collections.push(collection.value)
  }
  return { item, collections }
}
