import type { Grants } from '../access/grants.ts'
import type { Guarded } from '../access/guarded.ts'
import type { Page, PageRequest } from '../page.ts'
import type { Bundle } from '../records/record.ts'

export interface BundleReader {
  find(id: string): Promise<Guarded<Bundle> | undefined>
  /** The bundles of an item in their order. Sorts by `name`. */
  list(query: { itemId: string; grants: Grants }, page: PageRequest): Promise<Page<Bundle>>
  findAll(ids: readonly string[], grants: Grants): Promise<ReadonlyMap<string, Bundle>>
  /** The first `size` bundles of each item, by the item's uuid. */
  ofItems(
    itemIds: readonly string[],
    grants: Grants,
    size: number,
  ): Promise<ReadonlyMap<string, Page<Bundle>>>
  /** The bundle of that name in an item. */
  named(itemId: string, name: string): Promise<Bundle | undefined>
}

export interface BundleStore extends BundleReader {
  /** Adds the bundle behind the item's others. */
  insert(bundle: Bundle): Promise<void>
  /** Adds the bundles of new items, in this order. Their primary files come later, by {@link setPrimaries}. */
  insertMany(bundles: readonly Bundle[]): Promise<void>
  /** Writes the primary files of new bundles, without counting a change. */
  setPrimaries(bundles: readonly Pick<Bundle, 'id' | 'primaryBitstreamId'>[]): Promise<void>
  /** @throws DomainError `VERSION_CONFLICT` */
  update(bundle: Bundle): Promise<Bundle>
  /** Deletes the bundle with its files. */
  delete(id: string): Promise<void>
}
