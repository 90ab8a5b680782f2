import type { Guarded } from '../access/guarded.ts'
import type { Checksum, Datastream, DatastreamFacts } from './datastream.ts'

export interface DatastreamReader {
  /**
   * The files of an item, in the order in which they came, with what decides on each: one statement.
   *
   * @param dsid only the one of this name
   */
  ofItem(itemId: string, dsid?: string): Promise<readonly Guarded<Datastream>[]>
}

export interface DatastreamStore extends DatastreamReader {
  /**
   * Writes what is told of a file beside it.
   *
   * @throws DomainError `CONFLICT` with `field: 'dsid'` when another file of the item has that name
   */
  describe(bitstreamId: string, facts: Partial<DatastreamFacts>): Promise<void>
  /** Notes a checksum of a content. */
  addChecksum(checksum: Checksum): Promise<void>
  /** Forgets a former content. */
  deleteVersion(bitstreamId: string, datedAt: Date): Promise<void>
  /** Gives the present content the moment of a former one, whose place it takes. */
  setDate(bitstreamId: string, datedAt: Date): Promise<void>
}
