import type { Grants } from '../access/grants.ts'
import type { Guarded } from '../access/guarded.ts'
import type { Page, PageRequest } from '../page.ts'
import type { Collection } from '../records/record.ts'

/** Which collections a list is about. */
export interface CollectionQuery {
  readonly grants: Grants
  readonly communityId?: string
  /** Only those that this item is mapped into. */
  readonly mappedItemId?: string
  /** Only those whose metadata has words that begin like these. */
  readonly words?: string
  /** Only those for this type of entity (`dspace.entity.type`). */
  readonly entityType?: string
}

export interface CollectionReader {
  find(id: string): Promise<Guarded<Collection> | undefined>
  /** Sorts by `dc.title`, `lastModified`. */
  list(query: CollectionQuery, page: PageRequest): Promise<Page<Collection>>
  findAll(ids: readonly string[], grants: Grants): Promise<ReadonlyMap<string, Collection>>
  /** The first `size` collections by title of each community. */
  ofCommunities(
    ids: readonly string[],
    grants: Grants,
    size: number,
  ): Promise<ReadonlyMap<string, Page<Collection>>>
  /** The first `size` collections by title that each item is mapped into. */
  mappedOf(
    itemIds: readonly string[],
    grants: Grants,
    size: number,
  ): Promise<ReadonlyMap<string, Page<Collection>>>
}

export interface CollectionStore extends CollectionReader {
  insert(collection: Collection): Promise<void>
  /** @throws DomainError `VERSION_CONFLICT` */
  update(collection: Collection): Promise<Collection>
  /**
   * Deletes a collection with its template and all items that it owns.
   *
   * @returns the groups that held a role there and hold none any more; deleting them is the caller's
   */
  deleteTree(id: string): Promise<readonly string[]>
}
