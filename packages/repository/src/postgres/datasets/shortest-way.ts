import { sql, type Kysely } from 'kysely'
import type { DatasetConditions } from '../../domain/datasets/dataset-store.ts'
import type { Region } from '../../domain/datasets/geometry/region.ts'
import type { Schema } from '../schema.ts'
import {
  anyOf,
  areAllShelves,
  aside,
  entryConditions,
  isFiledUnder,
  meets,
  shelves,
} from './dataset-conditions.ts'
import { runUnprepared } from './run-unprepared.ts'

/** The indexes that lead to datasets of a region: `dataset_on_shelf`, `dataset_on_tile`, `dataset_place`. */
export type Way = 'shelves' | 'tiles' | 'place'

/** Pages of the table that tell which index is the best one. */
const SAMPLED_PAGES = 64
/** What it takes to begin on another tile and shelf, and to look at an entry of `dataset_place`, in entries of the others. Measured. */
const BEGINNING = 10
const PLACE_ENTRY = 2

/** Which index has the least to look at, as far as a few pages of the table tell. */
export async function shortestWay(
  db: Kysely<Schema>,
  conditions: DatasetConditions,
  { tiles, turns }: Region,
): Promise<Way> {
  const wanted = [...tiles.inner, ...tiles.border]
  const entry = aside(entryConditions(conditions))
  const [row] = await runUnprepared<Record<Way | 'beginnings' | 'share', number>>(
    db,
    sql`
      with ${shelves(conditions)}, sample as (select least(1, 1.0 * ${SAMPLED_PAGES} * current_setting('block_size')::int
        / greatest(pg_relation_size('dataset'), 1)) as share)
      select (select share::float8 from sample) as share,
        ${areAllShelves(conditions) ? sql`1` : sql`(select count(*) from shelf)`} as beginnings,
        count(*) filter (where ${entry}) as shelves,
        count(*) filter (where ${isFiledUnder(wanted)} and ${entry}) as tiles,
        count(*) filter (where ${anyOf(turns.map(({ box }) => meets(box)))}) as place
      from dataset d tablesample system ((select 100 * share from sample)) repeatable (0)
    `,
  )
  if (row === undefined) return 'place'
  const costs: readonly (readonly [Way, number])[] = [
    ['shelves', row.shelves],
    ['place', row.place * PLACE_ENTRY],
    ['tiles', row.tiles + row.share * row.beginnings * wanted.length * BEGINNING],
  ]
  return costs.reduce((best, other) => (other[1] < best[1] ? other : best))[0]
}
