import type { StoredContent } from '../records/record.ts'

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
   * Takes the notes that were written first; nobody else writes entries until the transaction's end.
   *
   * @param most how many notes are taken
   */
  takeStale(most: number): Promise<StaleEntries>
  /** The files that describe objects, by the uuids of these. */
  describing(itemIds: readonly string[]): Promise<ReadonlyMap<string, StoredContent>>
  /**
   * Writes what was taken. An entry that cannot be written keeps no other one back; it is left to the outbox.
   *
   * @param stale.descriptions fields that come from files, by the uuids of their objects; none take those of before away
   */
  write(
    stale: Pick<StaleEntries, 'readers' | 'entries'> & {
      readonly descriptions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
    },
  ): Promise<void>
  /** Writes anew who may read the records that there are notes of, and keeps the notes. */
  writeReaders(): Promise<void>
  /** Writes the entries of these records anew. */
  refresh(ids: readonly string[]): Promise<void>
  /** Words that patterns are looked for among, and that no record has any more. */
  unusedWords(): Promise<readonly string[]>
  /** Forgets those that no record has come to have meanwhile. Writes wait. */
  forgetWords(words: readonly string[]): Promise<void>
}

/** What notes of writes tell, by the uuids of records. */
export interface StaleEntries {
  /** How many notes there were: fewer than were asked for when none is left. */
  readonly notes: number
  /** All of them; of some nothing has changed but who may read them. */
  readonly readers: readonly string[]
  readonly entries: readonly string[]
  /** The objects among them whose description is another one. */
  readonly described: readonly string[]
}
