import type { Guarded } from '../access/guarded.ts'
import type { CountedObjects, ObjectCounts } from './object-count.ts'
import type { RepositoryObject } from './repository-object.ts'

export interface ObjectReader {
  /** The community, collection or item with a pid; templates are none. One statement. */
  find(pid: string): Promise<Guarded<RepositoryObject> | undefined>
  /** Looks at some thousands at most, and estimates where there are more. */
  count(wanted: CountedObjects): Promise<ObjectCounts>
}

export interface ObjectStore extends ObjectReader {
  /** Says who owns a record where that is nobody known here; null where its submitter does. */
  setOwnerName(recordId: string, ownerName: string | null): Promise<void>
  setModels(recordId: string, models: readonly string[]): Promise<void>
}
