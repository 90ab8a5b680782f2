import type { AccessFacts } from '../access/allows.ts'
import type { Grants } from '../access/grants.ts'
import type { Guarded } from '../access/guarded.ts'
import type { Page, PageRequest } from '../page.ts'
import type { GivenDataset } from '../datasets/dataset-part.ts'
import type { Item } from '../records/record.ts'

/** Which items a list is about. Templates are in no list. */
export interface ItemQuery {
  /** Only what these allow. */
  readonly grants: Grants
  /** Only items that are archived and not withdrawn. */
  readonly archived?: boolean
  /** Only items that are owned by or mapped into this collection. */
  readonly collectionId?: string
  /** Only items mapped into this collection. */
  readonly mappedInto?: string
  /** Only items whose metadata has words that begin like these. */
  readonly words?: string
}

/** An item as it stands, or that it stands where the reader knows it already. */
export interface ItemSighting {
  readonly version: number
  readonly withdrawn: boolean
  readonly access: AccessFacts
  /** Absent when the item is at the version known. */
  readonly item: Item | undefined
}

export interface ItemReader {
  find(id: string): Promise<Guarded<Item> | undefined>
  /** Reads an item unless it is at the version known, for those who keep what they made of it: one statement. */
  sight(id: string, known: number | null): Promise<ItemSighting | undefined>
  /** Sorts by `dc.title`, `lastModified`. */
  list(query: ItemQuery, page: PageRequest): Promise<Page<Item>>
  /** Those of the items that the grants allow, by uuid. */
  findAll(ids: readonly string[], grants: Grants): Promise<ReadonlyMap<string, Item>>
  /** The first `size` items by title that are mapped into each collection. */
  mappedOf(
    collectionIds: readonly string[],
    grants: Grants,
    size: number,
  ): Promise<ReadonlyMap<string, Page<Item>>>
  /** The uuids of at most two items with this `dspace.customurl`: there should be one. */
  withCustomUrl(url: string): Promise<readonly string[]>
  /** The template of each of the collections that has one, by the collection's uuid. */
  templatesOf(collectionIds: readonly string[]): Promise<ReadonlyMap<string, Item>>
}

/** A new item, to be added with others. */
export interface NewItemRow {
  readonly item: Item
  /** How many sequence ids its files have taken already, beginning with 1. */
  readonly files: number
  /** What it is as a dataset, where its metadata do not say all of it. */
  readonly dataset?: GivenDataset
}

export interface ItemStore extends ItemReader {
  insert(item: Item): Promise<void>
  /**
   * Adds new items.
   *
   * @throws DomainError `CONFLICT` for a taken handle or pid, or a taken id of a dataset
   */
  insertMany(items: readonly NewItemRow[]): Promise<void>
  /**
   * Saves a changed item over the version it was read with.
   *
   * @returns the item as it is now, one version on
   * @throws DomainError `VERSION_CONFLICT` when the stored version is another
   */
  update(item: Item): Promise<Item>
  /** Deletes the item with its bundles, files, policies and mappings. */
  delete(id: string): Promise<void>
  /** Shows the item in a further collection; nothing happens when it is there already. */
  map(itemId: string, collectionId: string): Promise<void>
  unmap(itemId: string, collectionId: string): Promise<void>
}
