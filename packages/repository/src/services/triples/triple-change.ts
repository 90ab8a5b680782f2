import type { Triple } from '../../domain/triples/triple.ts'

/** What is said of an object from now on, and what no more. */
export interface TripleChange {
  readonly added: readonly Triple[]
  readonly removed: readonly Triple[]
  /** All that is said, where the order counts: the first collection in it becomes the owning one. */
  readonly inOrder?: readonly Triple[]
}

/** The same of the pids that one predicate names. */
export interface PidChange {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly inOrder: readonly string[]
}

/** What is kept as it is said of memberships that no place in a collection or community tells. */
export type Stated = Pick<TripleChange, 'added' | 'removed'>
