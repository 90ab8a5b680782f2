import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DatasetConditions } from '../../domain/datasets/dataset-store.ts'
import type { Region } from '../../domain/datasets/geometry/region.ts'
import type { Schema } from '../schema.ts'
import {
  allOf,
  anyOf,
  aside,
  isFiledUnder,
  mayMeet,
  meets,
  shelfConditions,
  surelyMeets,
} from './dataset-conditions.ts'
import { runUnprepared } from './run-unprepared.ts'

/** Pages of the table that tell which index is the better one. */
const SAMPLED_PAGES = 64

/** What decides about a row of `dataset d` whose box does not: an outline, or nothing where that is too long for the indexes. */
const OUTLINE = sql`case d.form when 0 then '[' || translate(d.box::text, '()', '') || ']' else coalesce(d.outline, '') end`

/** A query for `record_id, start_ms` of what may be found, each once, and `doubt`: null for what is sure. */
export async function foundBy(
  db: Kysely<Schema>,
  conditions: DatasetConditions,
  region: Region | undefined,
): Promise<RawBuilder<unknown>> {
  const shelf = allOf(shelfConditions(conditions))
  if (region === undefined) return select(sql`null::text`, shelf)
  return (await tilesAreShorter(db, region, shelf)) ? foundOnTiles(region, shelf) : foundNearby(region, shelf)
}

function select(doubt: RawBuilder<unknown>, condition: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`select d.record_id, d.start_ms, ${doubt} as doubt from dataset d where ${condition}`
}

function unlessSure(region: Region): RawBuilder<unknown> {
  return sql`case when ${surelyMeets(region)} then null else ${OUTLINE} end`
}

/** By place, name and time at once. */
function foundOnTiles(region: Region, shelf: RawBuilder<boolean>): RawBuilder<unknown> {
  const { inner, border } = region.tiles
  const mayBeIn = aside(anyOf(region.turns.map(mayMeet)))
  return sql`
    ${select(sql`null::text`, allOf([isFiledUnder(inner), shelf]))}
    union all
    ${select(unlessSure(region), allOf([isFiledUnder(border), shelf, mayBeIn]))}
  `
}

/** By place alone: a query for each turn, for each to be a look at the index alone; what was met before is left out. */
function foundNearby(region: Region, shelf: RawBuilder<boolean>): RawBuilder<unknown> {
  const turns = region.turns.map((turn, index) => {
    const before = region.turns.slice(0, index).map(mayMeet)
    const others = before.length === 0 ? sql<boolean>`true` : sql<boolean>`not ${anyOf(before)}`
    return select(unlessSure(region), allOf([mayMeet(turn), others, aside(shelf)]))
  })
  return sql.join(turns, sql` union all `)
}

/**
 * Whether fewer datasets of the name, the type and the time are on the tiles than are near the region at all, which cost
 * twice as much; as far as a few pages of the table tell. It is otherwise where all lie close together.
 */
async function tilesAreShorter(
  db: Kysely<Schema>,
  { tiles, turns }: Region,
  shelf: RawBuilder<boolean>,
): Promise<boolean> {
  const onTiles = allOf([isFiledUnder([...tiles.inner, ...tiles.border]), shelf])
  const [row] = await runUnprepared<{ on_tiles: number; nearby: number }>(
    db,
    sql`
      select count(*) filter (where ${onTiles}) as on_tiles,
        count(*) filter (where ${anyOf(turns.map(({ box }) => meets(box)))}) as nearby
      from dataset d tablesample system ((
        select least(100, 100.0 * ${SAMPLED_PAGES} * current_setting('block_size')::int
          / greatest(pg_relation_size('dataset'), 1))
      )) repeatable (0)
    `,
  )
  const { on_tiles = 0, nearby = 0 } = row ?? {}
  return on_tiles <= nearby * 2
}
