import type { Harvest } from './harvest.ts'

/** An item that came from a source. */
export interface HarvestedItem {
  /** How the source identifies the record. */
  readonly oaiId: string
  readonly itemId: string
  /** Of what the source said when the item was last written. */
  readonly digest: string
}

export interface HarvestReader {
  find(collectionId: string): Promise<Harvest | undefined>
  /** By the collection's uuid. */
  ofCollections(collectionIds: readonly string[]): Promise<ReadonlyMap<string, Harvest>>
  /** All of them, the one whose last harvest is longest ago first. */
  list(): Promise<readonly Harvest[]>
  /** What a collection has of these records, by their OAI identifiers. */
  known(collectionId: string, oaiIds: readonly string[]): Promise<ReadonlyMap<string, HarvestedItem>>
}

export interface HarvestStore extends HarvestReader {
  /** Reads a harvest and keeps others from changing it until the end of the transaction. */
  lock(collectionId: string): Promise<Harvest | undefined>
  /** Writes a harvest, new or changed. */
  save(harvest: Harvest): Promise<void>
  /** Forgets a harvest; which items came from where stays known. */
  delete(collectionId: string): Promise<void>
  /** Notes what was written of a collection's records. An item that is deleted is forgotten by itself. */
  record(collectionId: string, items: readonly HarvestedItem[]): Promise<void>
}

/**
 * Lets one harvest of a collection run at a time, over all processes. The lock ends with the process that holds it.
 *
 * @returns what gives the lock back, or undefined when it is taken
 */
export type TakeHarvestLock = (collectionId: string) => Promise<(() => Promise<void>) | undefined>
