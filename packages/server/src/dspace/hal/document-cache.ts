/** A document as it was written at a version of its record. */
export interface KeptDocument {
  readonly version: number
  readonly text: string
}

/**
 * Documents that were written before, for records that have not changed since. Whether they have, and who may read
 * them, is asked anew for every request; only the writing is saved.
 */
export interface DocumentCache {
  get(key: string): KeptDocument | undefined
  put(key: string, document: KeptDocument): void
}

/**
 * Keeps the documents written last.
 *
 * @param capacity how many characters of documents to keep
 */
export function createDocumentCache(capacity = 16 * 1024 * 1024): DocumentCache {
  // A Map lists its keys in the order of their insertion. Reading does not move a key: that would cost more than to
  // write a popular document again now and then.
  const kept = new Map<string, KeptDocument>()
  let size = 0
  const remove = (key: string, document: KeptDocument): void => {
    kept.delete(key)
    size -= document.text.length
  }
  return {
    get: (key) => kept.get(key),
    put(key, document) {
      const before = kept.get(key)
      if (before !== undefined) remove(key, before)
      kept.set(key, document)
      size += document.text.length
      for (const [oldest, old] of kept) {
        if (size <= capacity) break
        remove(oldest, old)
      }
    },
  }
}
