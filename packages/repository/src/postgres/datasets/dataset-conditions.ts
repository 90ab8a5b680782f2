import { sql, type RawBuilder } from 'kysely'
import type { DatasetConditions, DatasetPlace, Limits } from '../../domain/datasets/dataset-store.ts'
import type { Region, Turn } from '../../domain/datasets/geometry/region.ts'
import type { Box } from '../../domain/datasets/geometry/shape.ts'
import { boxText } from './box-text.ts'
import { shelfFilter } from './shelf-access.ts'

/** The name of a row of `dataset_shelf s`, with the title of its collection as `c.title`. */
export const SHELF_NAME = sql<string | null>`coalesce(s.name, c.title)`
export const FROM_SHELVES = sql`from dataset_shelf s left join record c on c.id = s.container_id and s.name is null`

/** The order of all lists; see `DatasetPlace`. */
export const NEWEST_FIRST = sql`order by start_ms desc nulls last, record_id`

/** `shelf (id)` for a `with`: the shelves with the name, the type and the readers. */
export function shelves({ grants, name, type }: DatasetConditions): RawBuilder<unknown> {
  const conditions = [shelfFilter(grants)]
  if (type !== undefined) conditions.push(sql<boolean>`s.type = ${type}`)
  // A shelf with a name of its own has no collection here.
  if (name !== undefined) conditions.push(sql<boolean>`(s.name = ${name} or c.title = ${name})`)
  return sql`shelf as materialized (select s.id ${FROM_SHELVES} where ${allOf(conditions)})`
}

/** Whether all {@link shelves} are asked for, so that nothing is asked of them. */
export function areAllShelves({ grants, name, type }: DatasetConditions): boolean {
  return grants.kind === 'everything' && name === undefined && type === undefined
}

/** What is asked of the name, the type, the readers and the times of a row of `dataset d`, for an index that begins with shelves. */
export function shelfConditions(conditions: DatasetConditions): RawBuilder<boolean> {
  const isOnShelf = sql<boolean>`d.shelf_id = any(array(select id from shelf))`
  return allOf([
    ...(areAllShelves(conditions) ? [] : [isOnShelf]),
    ...startConditions(conditions),
    ...endConditions(conditions),
  ])
}

/** The same, for what is found in other ways. */
export function shelfConditionsAside(conditions: DatasetConditions): RawBuilder<boolean> {
  return aside(allOf([entryConditions(conditions), ...endConditions(conditions)]))
}

/** Whether {@link shelfConditions} have to be looked at for a row of `dataset d`, in such an index: ends are none of its order. */
export function entryConditions(conditions: DatasetConditions): RawBuilder<boolean> {
  // One look at a table of hashes, where an array would be gone through.
  const isOnShelf = sql<boolean>`d.shelf_id in (select id from shelf)`
  return allOf([...startConditions(conditions), ...(areAllShelves(conditions) ? [] : [isOnShelf])])
}

function startConditions({ start, end }: DatasetConditions): readonly RawBuilder<boolean>[] {
  // What begins at a time and ends before another begins before that, too: the index has an end to it.
  const begins =
    start?.from !== undefined && end?.before !== undefined ? { before: end.before, ...start } : start
  return limits(sql`d.start_ms`, begins)
}

function endConditions({ end }: DatasetConditions): readonly RawBuilder<boolean>[] {
  return limits(sql`d.end_ms`, end)
}

function limits(column: RawBuilder<unknown>, { from, after, before }: Limits = {}): RawBuilder<boolean>[] {
  return [
    ...(from === undefined ? [] : [sql<boolean>`${column} >= ${from}::bigint`]),
    ...(after === undefined ? [] : [sql<boolean>`${column} > ${after}::bigint`]),
    ...(before === undefined ? [] : [sql<boolean>`${column} < ${before}::bigint`]),
  ]
}

/** Whether the box of a row of `dataset d` meets a turn of a region: what does not cannot have a place in it. */
export function mayMeet({ box, outer }: Turn): RawBuilder<boolean> {
  const narrower = outer.filter((boxes) => boxes.length > 1).map((boxes) => anyOf(boxes.map(meets)))
  return narrower.length === 0 ? meets(box) : allOf([meets(box), aside(allOf(narrower))])
}

/** Whether a row of `dataset d` surely has a place in a region, by its box alone. */
export function surelyMeets({ turns }: Region): RawBuilder<boolean> {
  return anyOf(turns.flatMap(({ inner }) => inner.map(surelyReaches)))
}

/** What is in one piece has a place in each box that its own runs through from side to side. */
function surelyReaches(inner: Box): RawBuilder<boolean> {
  const box = literal(inner)
  return sql<boolean>`(d.box && ${box} and (d.form = 0 or d.box <@ ${box}
    or (d.form = 1 and ((d.box &< ${box} and d.box &> ${box}) or (d.box &<| ${box} and d.box |&> ${box})))))`
}

/** Whether the box of a row of `dataset d` is filed under one of the tiles. */
export function isFiledUnder(tiles: readonly number[]): RawBuilder<boolean> {
  return sql<boolean>`d.tile = any(${tiles}::integer[])`
}

/** Whether the box of a row of `dataset d` meets another. */
export function meets(box: Box): RawBuilder<boolean> {
  return sql<boolean>`d.box && ${literal(box)}`
}

/** Digits alone: no parameters, of which there would be hundreds. */
function literal(box: Box): RawBuilder<unknown> {
  return sql.raw(`box '${boxText(box)}'`)
}

/** Keeps a condition from choosing an index: PostgreSQL does not know how many boxes meet. */
export function aside(condition: RawBuilder<boolean>): RawBuilder<boolean> {
  return sql<boolean>`(${condition}) is true`
}

/** Whether any of the conditions holds. */
export function anyOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

/** Whether all of the conditions hold. */
export function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** Whether a row comes behind a place, by {@link NEWEST_FIRST}. */
export function behind(after: DatasetPlace | undefined): RawBuilder<boolean> {
  if (after === undefined) return sql<boolean>`true`
  const { startMs, recordId } = after
  if (startMs === null) return sql<boolean>`(start_ms is null and record_id > ${recordId}::uuid)`
  return sql<boolean>`(start_ms < ${startMs}::bigint or start_ms is null
    or (start_ms = ${startMs}::bigint and record_id > ${recordId}::uuid))`
}

/** The order of places, as {@link NEWEST_FIRST} is. */
export function comparePlaces(one: DatasetPlace, other: DatasetPlace): number {
  if (one.startMs !== other.startMs) return (other.startMs ?? -Infinity) - (one.startMs ?? -Infinity)
  return one.recordId < other.recordId ? -1 : 1
}
