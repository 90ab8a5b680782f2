import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Dataset, DatasetConditions, DatasetReader } from '../../domain/datasets/dataset-store.ts'
import { footprintOf } from '../../domain/datasets/geometry/footprint.ts'
import { parseGeometry } from '../../domain/datasets/geometry/geojson.ts'
import { DomainError, invalid } from '../../domain/errors.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readCursor, writeCursor } from './dataset-cursor.ts'
import { readTime } from './read-time.ts'

/** Which datasets to find: all conditions hold together. */
export interface DatasetQuery {
  readonly name?: string
  readonly type?: string
  /** They begin then or later: ISO 8601, or milliseconds since 1970. */
  readonly startTime?: unknown
  /** They end before then. */
  readonly endTime?: unknown
  /** The rings of a polygon, in the order of GeoJSON: they have a place in it, or on its border. */
  readonly polygon?: unknown
}

/** Which part of a list to tell. */
export interface DatasetPaging {
  /** How many to leave out (default 0). */
  readonly offset?: number
  /** How many to tell (default 10). */
  readonly size?: number
  /** Goes on behind a cursor; `*` for the first ones. */
  readonly cursor?: string
}

/** Part of a list, the newest first. */
export interface DatasetList<T> {
  /** How many there are in all. */
  readonly total: number
  readonly datasets: readonly T[]
  /** Leads to those behind; at the end, to none. */
  readonly cursor: string
}

interface Deps {
  readonly reading: Pick<Reading, 'datasets'>
  readonly clock: Clock
}

/**
 * Finds datasets that the actor may read.
 *
 * @throws DomainError `INVALID` with `field`: `start_time`, `end_time`, `polygon`, `cursor`
 * @example
 * const { total, datasets } = await findDatasets(deps)(actor, { name: 'S1-SLC', polygon: [[[9, 54], [10, 54], [10, 55], [9, 54]]] })
 */
export function findDatasets({ reading, clock }: Deps) {
  return async (
    actor: Actor,
    query: DatasetQuery,
    paging: DatasetPaging = {},
  ): Promise<DatasetList<Dataset>> => {
    const conditions = conditionsOf(actor, query, dayOf(clock()))
    return listFound(reading.datasets, conditions, paging, (ids) =>
      reading.datasets.findAll(ids, conditions.grants),
    )
  }
}

/**
 * The same, for the ids of datasets alone.
 *
 * @throws DomainError see {@link findDatasets}
 */
export function findDatasetIds({ reading, clock }: Deps) {
  return async (
    actor: Actor,
    query: DatasetQuery,
    paging: DatasetPaging = {},
  ): Promise<DatasetList<string>> => {
    const conditions = conditionsOf(actor, query, dayOf(clock()))
    return listFound(reading.datasets, conditions, paging, (ids) => reading.datasets.idsOf(ids))
  }
}

/** Part of what meets conditions. */
export async function listFound<T>(
  datasets: DatasetReader,
  conditions: DatasetConditions,
  { offset = 0, size = 10, cursor }: DatasetPaging,
  tell: (recordIds: readonly string[]) => Promise<readonly T[]>,
): Promise<DatasetList<T>> {
  const after = cursor === undefined || cursor === '*' ? undefined : readCursor(cursor)
  const { total, places } = await datasets.search(conditions, { offset, size, ...(after && { after }) })
  const last = places.at(-1) ?? after
  return {
    total,
    datasets: places.length === 0 ? [] : await tell(places.map(({ recordId }) => recordId)),
    cursor: last === undefined ? '*' : writeCursor(last),
  }
}

function conditionsOf(actor: Actor, query: DatasetQuery, today: string): DatasetConditions {
  const { name, type, startTime, endTime, polygon } = query
  const from = readTime(startTime, 'start_time')
  const before = readTime(endTime, 'end_time')
  return {
    grants: grantsOf(actor, 'READ', today),
    ...(name !== undefined && { name }),
    ...(type !== undefined && { type }),
    ...(from !== undefined && { start: { from } }),
    ...(before !== undefined && { end: { before } }),
    ...(polygon !== undefined && polygon !== null && { footprint: readPolygon(polygon) }),
  }
}

function readPolygon(rings: unknown) {
  try {
    return footprintOf(parseGeometry({ type: 'Polygon', coordinates: rings }))
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'INVALID') throw error
    throw invalid(`Invalid polygon: ${error.message}`, 'polygon')
  }
}
