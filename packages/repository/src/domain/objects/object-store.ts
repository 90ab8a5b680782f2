import type { Guarded } from '../access/guarded.ts'
import type { CountedObjects, ObjectCounts } from './object-count.ts'
import type { Collection, Community } from '../records/record.ts'
import type { RepositoryObject } from './repository-object.ts'

export interface ObjectReader {
  /** The community, collection or item with a pid; templates are none. One statement, or a share in one. */
  find(pid: string): Promise<Guarded<RepositoryObject> | undefined>
  /** The same for several, in the order of `pids`; one statement. */
  findAll(pids: readonly string[]): Promise<readonly (Guarded<RepositoryObject> | undefined)[]>
  /** Looks at some thousands at most, and estimates where there are more. */
  count(wanted: CountedObjects): Promise<ObjectCounts>
}

export interface ObjectStore extends ObjectReader {
  /** Says who owns a record where that is nobody known here; null where its submitter does, if any. */
  setOwnerName(recordId: string, ownerName: string | null): Promise<void>
  setSubmitter(recordId: string, personId: string | null): Promise<void>
  setModels(recordId: string, models: readonly string[]): Promise<void>
  /** Lets nobody change a record, or add anything to it, until the transaction's end. */
  lock(recordId: string): Promise<void>
  /**
   * Makes a record one of another kind, over the version it was read with.
   *
   * @param before the record as it was read in this transaction
   * @throws DomainError `VERSION_CONFLICT`
   */
  convert(before: RepositoryObject['record'], record: Collection | Community): Promise<void>
}
