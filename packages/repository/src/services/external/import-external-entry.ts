import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { badReference } from '../../domain/errors.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Item } from '../../domain/records/record.ts'
import { ENTITY_TYPE_FIELD } from '../../domain/relationships/relationship.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { createItem } from '../items/create-item.ts'
import { readExternalEntry } from './find-external-entries.ts'
import type { ExternalDeps } from './find-external-sources.ts'

/** An entry to make an item of. */
export interface EntryToImport {
  readonly owningCollectionId: string
  readonly sourceId: string
  readonly id: string
  readonly signal?: AbortSignal
}

/**
 * Creates an archived item of an entry of an external source, for those who administer the collection (RestContract
 * items.md, "Creating an archived item from an external source"). It is of the entity type that the collection is for.
 * Whether they may is decided before anybody is asked.
 *
 * @throws DomainError `REFERENCE_INVALID` without such a collection, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `NOT_FOUND` without
 * such a source or entry, `FIELD_UNKNOWN`
 * @throws OutsideError, and the signal's reason
 */
export function importExternalEntry(
  deps: ExternalDeps & {
    readonly reading: Pick<Reading, 'collections'>
    readonly unitOfWork: UnitOfWork
    readonly clock: Clock
    readonly naming: NamingConfig
  },
) {
  return async (actor: Actor, { owningCollectionId, ...entry }: EntryToImport): Promise<Item> => {
    const owner = await deps.reading.collections.find(owningCollectionId)
    if (owner === undefined) {
      throw badReference(`No collection has the identifier ${owningCollectionId}`, owningCollectionId)
    }
    const what = { kind: 'collection', id: owningCollectionId }
    requireAllowed(actor, 'ADMIN', owner.access, dayOf(deps.clock()), what)
    const { metadata } = await readExternalEntry(deps)(actor, entry)
    const entityType = owner.value.metadata[ENTITY_TYPE_FIELD]
    return createItem(deps)(actor, {
      owningCollectionId,
      metadata: entityType === undefined ? metadata : { ...metadata, [ENTITY_TYPE_FIELD]: entityType },
    })
  }
}
