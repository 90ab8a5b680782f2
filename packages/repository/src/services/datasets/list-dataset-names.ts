import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

interface Deps {
  readonly reading: Pick<Reading, 'datasets'>
  readonly clock: Clock
}

/** The types of the datasets that the actor may read, or of those of a name, in alphabetical order. */
export function listDatasetTypes({ reading, clock }: Deps) {
  return (actor: Actor, name?: string): Promise<readonly string[]> =>
    reading.datasets.types(grantsOf(actor, 'READ', dayOf(clock())), name)
}

/** Their names, or those of a type. */
export function listDatasetNames({ reading, clock }: Deps) {
  return (actor: Actor, type?: string): Promise<readonly string[]> =>
    reading.datasets.names(grantsOf(actor, 'READ', dayOf(clock())), type)
}
