import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Dataset } from '../../domain/datasets/dataset-store.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/** The dataset of an id; undefined where there is none that the actor may read. */
export function readDataset({ reading, clock }: { reading: Pick<Reading, 'datasets'>; clock: Clock }) {
  return (actor: Actor, id: string): Promise<Dataset | undefined> =>
    reading.datasets.find(id, grantsOf(actor, 'READ', dayOf(clock())))
}
