import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Dataset } from '../../domain/datasets/dataset-store.ts'
import { footprintOf } from '../../domain/datasets/geometry/footprint.ts'
import { notFound } from '../../domain/errors.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { listFound, type DatasetList, type DatasetPaging, type DatasetQuery } from './find-datasets.ts'

/**
 * Finds the datasets that overlap one: they end after it starts and start before it ends, and have a place in its
 * footprint. What it does not have does not count; an instant overlaps what goes on at that instant, and not itself.
 *
 * @throws DomainError `NOT_FOUND` without such a dataset, `INVALID` with `field` for a `cursor` that is none
 */
export function findOverlapping({ reading, clock }: { reading: Pick<Reading, 'datasets'>; clock: Clock }) {
  return async (
    actor: Actor,
    id: string,
    { name, type }: Pick<DatasetQuery, 'name' | 'type'> = {},
    paging: DatasetPaging = {},
  ): Promise<DatasetList<Dataset>> => {
    const grants = grantsOf(actor, 'READ', dayOf(clock()))
    const dataset = await reading.datasets.find(id, grants)
    if (dataset === undefined) throw notFound('dataset', id)
    const { start, end, geometry } = dataset
    const conditions = {
      grants,
      ...(name !== undefined && { name }),
      ...(type !== undefined && { type }),
      ...(start !== null && { end: { after: start } }),
      ...(end !== null && { start: { before: end } }),
      ...(geometry !== null && { footprint: footprintOf(geometry) }),
    }
    return listFound(reading.datasets, conditions, paging, (ids) => reading.datasets.findAll(ids, grants))
  }
}
