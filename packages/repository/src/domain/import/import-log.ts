/** An item that an import has brought. */
export interface ImportedItem {
  /** Names the item in the import's source. */
  readonly key: string
  readonly itemId: string
  /** Null once the item was deleted. */
  readonly handle: string | null
}

/** What imports have brought, by the import's name: written with the items themselves, so that it is never wrong. */
export interface ImportLog {
  /** Those of the keys that the import has brought. */
  known(importId: string, keys: readonly string[]): Promise<readonly ImportedItem[]>
  /** What the import has brought, in the order of keys, after the given one. */
  after(importId: string, key: string, limit: number): Promise<readonly ImportedItem[]>
  record(importId: string, items: readonly Pick<ImportedItem, 'key' | 'itemId'>[]): Promise<void>
}
