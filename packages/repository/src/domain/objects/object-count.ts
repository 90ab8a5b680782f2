import type { Grants } from '../access/grants.ts'

/** How many objects there are of each kind. */
export type ObjectCounts = Readonly<Record<'communities' | 'collections' | 'items', ObjectCount>>

/** A number of objects: an exact one, or where they are many an estimate. */
export interface ObjectCount {
  readonly count: number
  readonly isExact: boolean
}

/** Which objects are counted. */
export interface CountedObjects {
  readonly grants: Grants
  /** The namespaces of their pids; empty for all. */
  readonly namespaces: readonly string[]
}
