import { sql, type RawBuilder } from 'kysely'
import type { DatasetConditions } from '../../domain/datasets/dataset-store.ts'
import type { Region } from '../../domain/datasets/geometry/region.ts'
import {
  allOf,
  anyOf,
  aside,
  isFiledUnder,
  mayMeet,
  shelfConditions,
  shelfConditionsAside,
  shelves,
  surelyMeets,
} from './dataset-conditions.ts'
import type { Way } from './shortest-way.ts'

/** What decides about a row of `dataset d` whose box does not. */
const NO_OUTLINE = sql`case d.form when 0 then '[' || translate(d.box::text, '()', '') || ']' else '' end`
const OUTLINE = sql`case when d.form = 0 or d.outline is null then ${NO_OUTLINE} else d.outline end`
const SURE = sql`null::text`

/**
 * `found (record_id, start_ms, doubt)` with its `with`: what may be found, each once. The doubt is null for what is sure, or
 * else the text of an `Outline`, empty where that is to be looked up.
 */
export function foundBy(way: Way, conditions: DatasetConditions, region: Region): RawBuilder<unknown> {
  return found(conditions, WAYS[way](region, conditions))
}

/** The same without a region. */
export function foundAnywhere(conditions: DatasetConditions): RawBuilder<unknown> {
  return found(conditions, select(SURE, shelfConditions(conditions)))
}

function found(conditions: DatasetConditions, query: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`with ${shelves(conditions)}, found as materialized (${query})`
}

const WAYS: Readonly<Record<Way, (region: Region, conditions: DatasetConditions) => RawBuilder<unknown>>> = {
  shelves: foundOnShelves,
  tiles: foundOnTiles,
  place: foundNearby,
}

function select(doubt: RawBuilder<unknown>, condition: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`select d.record_id, d.start_ms, ${doubt} as doubt from dataset d where ${condition}`
}

function unlessSure(region: Region, outline: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${surelyMeets(region)} then null else ${outline} end`
}

/** By name and time. */
function foundOnShelves(region: Region, conditions: DatasetConditions): RawBuilder<unknown> {
  const mayBeIn = aside(anyOf(region.turns.map(mayMeet)))
  return select(unlessSure(region, NO_OUTLINE), allOf([shelfConditions(conditions), mayBeIn]))
}

/** By place, name and time at once. */
function foundOnTiles(region: Region, conditions: DatasetConditions): RawBuilder<unknown> {
  const { inner, border } = region.tiles
  const shelf = shelfConditions(conditions)
  const mayBeIn = aside(anyOf(region.turns.map(mayMeet)))
  return sql`
    ${select(SURE, allOf([isFiledUnder(inner), shelf]))}
    union all
    ${select(unlessSure(region, OUTLINE), allOf([isFiledUnder(border), shelf, mayBeIn]))}
  `
}

/** By place: a query for each turn, for each to be a look at the index alone; what was met before is left out. */
function foundNearby(region: Region, conditions: DatasetConditions): RawBuilder<unknown> {
  const turns = region.turns.map((turn, index) => {
    const before = region.turns.slice(0, index).map(mayMeet)
    const others = before.length === 0 ? sql<boolean>`true` : sql<boolean>`not ${anyOf(before)}`
    return select(
      unlessSure(region, OUTLINE),
      allOf([mayMeet(turn), others, shelfConditionsAside(conditions)]),
    )
  })
  return sql.join(turns, sql` union all `)
}
