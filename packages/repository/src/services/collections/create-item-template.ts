import { randomUUID } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Item } from '../../domain/records/record.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import type { CollectionChangeDeps } from './change-collection.ts'

/**
 * Creates the item that new items of a collection start from, for whoever may edit the collection. It is in no list,
 * not archived and not discoverable (RestContract collections.md, "Create Item template").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `FIELD_UNKNOWN`, `INVALID` when the collection has a
 * template
 */
export function createItemTemplate({ unitOfWork, clock }: CollectionChangeDeps) {
  return (actor: Actor, input: { collectionId: string; metadata: Metadata }): Promise<Item> =>
    unitOfWork(async (tx) => {
      const now = clock()
      const { collectionId, metadata } = input
      const collection = await tx.collections.find(collectionId)
      if (collection === undefined) throw notFound('collection', collectionId)
      requireAllowed(actor, 'WRITE', collection.access, dayOf(now), collection.value)
      if ((await tx.items.templatesOf([collectionId])).has(collectionId)) {
        throw invalid(`Collection ${collectionId} has a template already`)
      }
      await requireKnownMetadata(tx.fields, metadata)
      const template: Item = {
        kind: 'item',
        id: randomUUID(),
        ...(await tx.identifiers.assign()),
        metadata,
        version: 1,
        createdAt: now,
        modifiedAt: now,
        owningCollectionId: null,
        templateOfId: collectionId,
        submitterId: null,
        inArchive: false,
        withdrawn: false,
        discoverable: false,
      }
      await tx.items.insert(template)
      return template
    })
}
