import type { Guarded } from '../access/guarded.ts'
import type { NewPolicy, Policy } from '../access/policy.ts'
import type { Bundle, Item } from '../records/record.ts'

/** Names a bundle: itself, or by its item and its name there. */
export type BundlePlace = { readonly bundleId: string } | { readonly itemId: string; readonly name: string }

/** Where a file comes to lie, with all that decides on it and that it takes over. */
export interface FileHome {
  readonly item: Guarded<Item>
  readonly itemPolicies: readonly NewPolicy[]
  /** Undefined where the item has no bundle of that name yet. */
  readonly bundle: Guarded<Bundle> | undefined
  readonly bundlePolicies: readonly NewPolicy[]
  /** Those of the owning collection. */
  readonly collectionPolicies: readonly Policy[]
}

/** Items as homes of files. */
export interface HomeStore {
  /**
   * Lets changes of one item's files take turns from their first look at them to their commit: whoever changes files locks
   * their item first of all records. That is the one order in which files and their item are locked.
   *
   * @param ids of items, or of bundles and files in items
   */
  lock(ids: readonly string[]): Promise<void>
  /** The same, where nobody has to be waited for. @returns the items that are locked now */
  lockFree(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Where a file would come to lie: one statement. Undefined when there is no such bundle, or no such item. */
  find(place: BundlePlace): Promise<FileHome | undefined>
  /** The same for several files, in their order. */
  findAll(places: readonly BundlePlace[]): Promise<readonly (FileHome | undefined)[]>
  /** Counts a change of an item's files as a change of the item: harvesters go by when an item was last modified. */
  touch(itemId: string, now: Date): Promise<void>
}
