import { sql, type Kysely, type RawBuilder } from 'kysely'
import type {
  DatasetConditions,
  DatasetPage,
  DatasetPlace,
  DatasetWindow,
} from '../../domain/datasets/dataset-store.ts'
import { regionOf, type Region } from '../../domain/datasets/geometry/region.ts'
import { shapeOfBox, type Shape } from '../../domain/datasets/geometry/shape.ts'
import { UNPREPARED } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { parseBox } from './box-text.ts'
import {
  allOf,
  anyOf,
  aside,
  behind,
  comparePlaces,
  mayMeet,
  meets,
  NEWEST_FIRST,
  shelfConditions,
  surelyMeets,
} from './dataset-conditions.ts'

/** Doubts that are looked at together: what is held in memory of footprints. */
const PORTION = 5000
/** Pages of the table that tell which index is the better one. */
const SAMPLED_PAGES = 64

/** A dataset whose box leaves open whether it has a place in the region. */
interface Doubt extends DatasetPlace {
  readonly box: string
  readonly shape: Shape | null
}

/** What is known after one look at the index: all that is sure, and the first of the doubts. */
interface FirstLook {
  readonly sure: number
  readonly places: readonly DatasetPlace[]
  readonly doubts: readonly Doubt[]
}

/**
 * Finds datasets. PostgreSQL says by boxes which ones are surely in the region and which may be; the footprints of the
 * latter are compared here, exactly. Most footprints far from its border need no comparison.
 */
export async function searchDatasets(
  db: Kysely<Schema>,
  conditions: DatasetConditions,
  window: DatasetWindow,
): Promise<DatasetPage> {
  const { footprint } = conditions
  const region = footprint === undefined ? undefined : regionOf(footprint)
  const found = await foundBy(db, conditions, region)
  const { sure, places, doubts } = await lookFirst(db, found, window)
  if (region === undefined || doubts.length === 0) {
    return { total: sure, places: places.slice(window.offset) }
  }
  const confirmed = await confirm(db, { found, region, first: doubts })
  const wanted = confirmed.filter(
    (place) => window.after === undefined || comparePlaces(window.after, place) < 0,
  )
  const merged = [...places, ...wanted].sort(comparePlaces)
  return {
    total: sure + confirmed.length,
    places: merged.slice(window.offset, window.offset + window.size),
  }
}

/** A query for `record_id, start_ms, is_sure, box, form, outline` of what may be found, each once. */
async function foundBy(
  db: Kysely<Schema>,
  conditions: DatasetConditions,
  region: Region | undefined,
): Promise<RawBuilder<unknown>> {
  const shelf = allOf(shelfConditions(conditions))
  if (region === undefined) {
    return sql`select d.record_id, d.start_ms, true as is_sure, d.box, d.form, d.outline from dataset d where ${shelf}`
  }
  const select = sql`select d.record_id, d.start_ms, ${surelyMeets(region)} as is_sure, d.box, d.form, d.outline from dataset d`
  const isNamed = conditions.name !== undefined || conditions.type !== undefined
  if (isNamed && (await shelvesAreShorter(db, region, shelf))) {
    return sql`${select} where ${shelf} and ${aside(anyOf(region.turns.map(mayMeet)))}`
  }
  // A query for each turn, for each to be a look at the index alone; what was met before is left out.
  const turns = region.turns.map((turn, index) => {
    const before = region.turns.slice(0, index).map(mayMeet)
    const others = before.length === 0 ? sql<boolean>`true` : sql<boolean>`not ${anyOf(before)}`
    return sql`${select} where ${mayMeet(turn)} and ${others} and ${aside(shelf)}`
  })
  return sql.join(turns, sql` union all `)
}

/**
 * Whether fewer datasets have the name, the type and the time than are near the region, which cost twice as much; as far as
 * a few pages of the table tell.
 */
async function shelvesAreShorter(
  db: Kysely<Schema>,
  region: Region,
  shelf: RawBuilder<boolean>,
): Promise<boolean> {
  const near = region.turns.slice(0, 1).map(({ box }) => meets(box))
  const [row] = await run<{ on_shelves: number; nearby: number }>(
    db,
    sql`
      select count(*) filter (where ${shelf}) as on_shelves, count(*) filter (where ${anyOf(near)}) as nearby
      from dataset d tablesample system ((
        select least(100, 100.0 * ${SAMPLED_PAGES} * current_setting('block_size')::int
          / greatest(pg_relation_size('dataset'), 1))
      )) repeatable (0)
    `,
  )
  const { on_shelves = 0, nearby = 0 } = row ?? {}
  return on_shelves <= nearby * 2
}

async function lookFirst(
  db: Kysely<Schema>,
  found: RawBuilder<unknown>,
  { offset, size, after }: DatasetWindow,
): Promise<FirstLook> {
  const [row] = await run<FirstLook>(
    db,
    sql`
      with found as materialized (${found})
      select (select count(*) from found where is_sure) as sure,
        (select coalesce(json_agg(json_build_object('startMs', start_ms, 'recordId', record_id)), '[]') from (
          select start_ms, record_id from found where is_sure and ${behind(after)} ${NEWEST_FIRST} limit ${offset + size}
        ) page) as places,
        ${doubtsBehind(undefined)} as doubts
    `,
  )
  return row ?? { sure: 0, places: [], doubts: [] }
}

/** Those of the doubts that are in the region, in their order. */
async function confirm(
  db: Kysely<Schema>,
  { found, region, first }: { found: RawBuilder<unknown>; region: Region; first: readonly Doubt[] },
): Promise<readonly DatasetPlace[]> {
  const confirmed: DatasetPlace[] = []
  for (let portion = first; portion.length > 0;) {
    for (const { startMs, recordId, box, shape } of portion) {
      if (region.meets(shape ?? shapeOfBox(parseBox(box)))) confirmed.push({ startMs, recordId })
    }
    const last = portion.at(-1)
    if (portion.length < PORTION || last === undefined) break
    const [row] = await run<{ doubts: readonly Doubt[] }>(
      db,
      sql`with found as materialized (${found}) select ${doubtsBehind(last)} as doubts`,
    )
    portion = row?.doubts ?? []
  }
  return confirmed
}

function doubtsBehind(after: DatasetPlace | undefined): RawBuilder<unknown> {
  return sql`(
    select coalesce(json_agg(json_build_object('startMs', start_ms, 'recordId', record_id, 'box', box::text, 'shape',
      case when form <> 0 then coalesce(outline::json,
        (select p.shape from dataset_part p where p.record_id = doubt.record_id)) end
    ) order by start_ms desc nulls last, record_id), '[]')
    from (select * from found where not is_sure and ${behind(after)} ${NEWEST_FIRST} limit ${PORTION}) doubt
  )`
}

/** Statements as varied as queries are. */
async function run<Row>(db: Kysely<Schema>, statement: RawBuilder<unknown>): Promise<readonly Row[]> {
  return (await sql<Row>`${sql.raw(UNPREPARED)} ${statement}`.execute(db)).rows
}
