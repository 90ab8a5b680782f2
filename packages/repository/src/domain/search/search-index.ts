/** The index that searches look at. Writes of records note what of it is old then; it can be written anew as well. */
export interface SearchIndex {
  /** A moment of the index's own clock, ISO 8601 in UTC, to tell what was written since. */
  moment(): Promise<string>
  /** How many records {@link SearchIndex.outdated} would tell in all. */
  countOutdated(before: string | undefined): Promise<number>
  /**
   * Records without an entry, or with one from before a moment.
   *
   * @param after the uuid of the last one that is known, undefined for the first
   * @returns uuids in their order
   */
  outdated(before: string | undefined, after: string | undefined, size: number): Promise<readonly string[]>
  /** Whether something is committed that its entries do not tell yet. */
  isBehind(): Promise<boolean>
  /**
   * Writes the entries that notes of writes tell of, those that were written first.
   *
   * @param most how many notes are worked off
   * @returns how many there were; fewer than `most` when none is left
   */
  catchUp(most: number): Promise<number>
  /** Writes the entries of these records anew. */
  refresh(ids: readonly string[]): Promise<void>
  /** Puts fields into the entry of an item that come from a file of it; none take those of before away. */
  describe(itemId: string, fields: Readonly<Record<string, readonly string[]>>): Promise<void>
  /** Words that patterns are looked for among, and that no record has any more. */
  unusedWords(): Promise<readonly string[]>
  /** Forgets those that no record has come to have meanwhile. Writes wait. */
  forgetWords(words: readonly string[]): Promise<void>
}
