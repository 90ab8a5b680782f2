import type { Triple } from './triple.ts'

/** Keeps what is said of records beside their models and memberships. `ObjectReader.find` reads it. */
export interface TripleStore {
  /** Adds triples behind the others of a record. */
  insert(recordId: string, triples: readonly Triple[]): Promise<void>
  /** Takes triples back; those that there are not do not matter. */
  delete(recordId: string, triples: readonly Triple[]): Promise<void>
}
