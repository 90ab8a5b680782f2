import { sql, type Kysely, type RawBuilder } from 'kysely'
import type {
  DatasetConditions,
  DatasetPage,
  DatasetPlace,
  DatasetWindow,
} from '../../domain/datasets/dataset-store.ts'
import { regionOf, type Region } from '../../domain/datasets/geometry/region.ts'
import type { Schema } from '../schema.ts'
import { behind, comparePlaces, NEWEST_FIRST } from './dataset-conditions.ts'
import { foundAnywhere, foundBy } from './found-by.ts'
import { readOutline, type Outline } from './outline.ts'
import { runUnprepared } from './run-unprepared.ts'
import { shortestWay, type Way } from './shortest-way.ts'

/** Doubts that are looked at together: what is held in memory of footprints. */
const PORTION = 5000

/** What is known after one look at the index: all that is sure, and the first of the doubts. */
interface FirstLook {
  readonly sure: number
  readonly places: readonly DatasetPlace[]
  /** See {@link Doubt}. */
  readonly doubts: string
}

type ChooseWay = (db: Kysely<Schema>, conditions: DatasetConditions, region: Region) => Promise<Way>

/** A dataset whose box leaves open whether it has a place in the region. */
type Doubt = readonly [startMs: number | null, recordId: string, outline: Outline]

/**
 * Finds datasets. PostgreSQL says by boxes which ones are surely in the region and which may be; the footprints of the
 * latter are compared here, exactly. Most footprints far from its border need no comparison.
 *
 * @param chooseWay which index leads there; whichever does, the answer is the same
 */
export async function searchDatasets(
  db: Kysely<Schema>,
  conditions: DatasetConditions,
  window: DatasetWindow,
  chooseWay: ChooseWay = shortestWay,
): Promise<DatasetPage> {
  const { footprint } = conditions
  const region = footprint === undefined ? undefined : regionOf(footprint)
  const found =
    region === undefined
      ? foundAnywhere(conditions)
      : foundBy(await chooseWay(db, conditions, region), conditions, region)
  const { sure, places, doubts } = await lookFirst(db, found, window)
  if (region === undefined) return { total: sure, places: places.slice(window.offset) }
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

async function lookFirst(
  db: Kysely<Schema>,
  found: RawBuilder<unknown>,
  { offset, size, after }: DatasetWindow,
): Promise<FirstLook> {
  const [row] = await runUnprepared<FirstLook>(
    db,
    sql`
      ${found}
      select (select count(*) from found where doubt is null) as sure,
        (select coalesce(json_agg(json_build_object('startMs', start_ms, 'recordId', record_id)), '[]') from (
          select start_ms, record_id from found where doubt is null and ${behind(after)} ${NEWEST_FIRST} limit ${offset + size}
        ) page) as places,
        ${doubtsBehind(undefined)} as doubts
    `,
  )
  return row ?? { sure: 0, places: [], doubts: '[]' }
}

/** Those of the doubts that are in the region, in their order. */
async function confirm(
  db: Kysely<Schema>,
  { found, region, first }: { found: RawBuilder<unknown>; region: Region; first: string },
): Promise<readonly DatasetPlace[]> {
  const confirmed: DatasetPlace[] = []
  for (let text = first; ;) {
    const portion = JSON.parse(text) as readonly Doubt[]
    for (const [startMs, recordId, outline] of portion) {
      if (region.meets(readOutline(outline))) confirmed.push({ startMs, recordId })
    }
    const last = portion.at(-1)
    if (portion.length < PORTION || last === undefined) return confirmed
    const after = { startMs: last[0], recordId: last[1] }
    const [row] = await runUnprepared<{ doubts: string }>(
      db,
      sql`${found} select ${doubtsBehind(after)} as doubts`,
    )
    text = row?.doubts ?? '[]'
  }
}

/** {@link Doubt}s as a text of JSON, which PostgreSQL puts together faster than it makes JSON of values. */
function doubtsBehind(after: DatasetPlace | undefined): RawBuilder<unknown> {
  return sql`(
    select concat('[', string_agg(concat('[', coalesce(start_ms::text, 'null'), ',"', record_id, '",',
      case doubt when '' then coalesce((select d.outline from dataset d where d.record_id = portion.record_id),
        (select p.shape::text from dataset_part p where p.record_id = portion.record_id)) else doubt end,
      ']'), ',' order by start_ms desc nulls last, record_id), ']')
    from (select * from found where doubt is not null and ${behind(after)} ${NEWEST_FIRST} limit ${PORTION}) portion
  )`
}
