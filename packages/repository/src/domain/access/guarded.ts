import type { AccessFacts } from './allows.ts'

/** A record as read from the store, with what is needed to decide who may do what to it. */
export interface Guarded<T> {
  readonly value: T
  readonly access: AccessFacts
}
