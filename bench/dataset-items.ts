import { createHash } from 'node:crypto'
import { ANONYMOUS_GROUP, type Item, type Repository } from '@hexapla/repository'
import { Client } from 'pg'
import { datasetItem } from '../packages/repository/src/import/datasets/dataset-item.ts'
import { writeDatasetParts } from '../packages/repository/src/postgres/datasets/write-dataset-parts.ts'

export const NAMES = ['acquisition-S1-IW_SLC', 'S1-GUNW', 'AOITRACK', 'S1-SLC-COREG']
export const TYPES = ['acquisition', 'interferogram', 'area_of_interest']
/** When they were taken. */
export const YEARS = { first: 2015, last: 2026 }

const PORTION = 2000
const DAY = 86_400_000

/** Writes many datasets that everybody may read, as rows; their words, which this is not about, are left out. */
export async function fillWithDatasets(
  { database }: Repository,
  { url, collectionId, from, to }: { url: string; collectionId: string; from: number; to: number },
): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  // Triggers rest on this connection.
  await client.query('set session_replication_role = replica')
  for (let next = from; next < to; next += PORTION) {
    const items = Array.from({ length: Math.min(PORTION, to - next) }, (_, index) =>
      itemOf(next + index, collectionId),
    )
    const rows = items.map(({ item: { id, handle, pid } }) => ({ id, handle, pid }))
    await client.query(RECORDS, [JSON.stringify(rows), collectionId])
    await client.query(POLICIES, [rows.map(({ id }) => id), ANONYMOUS_GROUP])
    await writeDatasetParts(database.write, items)
  }
  await client.end()
}

const RECORDS = `
  insert into record (id, kind, handle, pid, parent_id, metadata)
  select id, 'item', handle, pid, $2::uuid, jsonb_build_object('dc.title', jsonb_build_array(jsonb_build_object('value', pid)))
  from jsonb_to_recordset($1::jsonb) as row (id uuid, handle text, pid text)`
const POLICIES = `
  insert into resource_policy (resource_id, action, group_id)
  select id, 'READ', $2::uuid from unnest($1::uuid[]) id`

function itemOf(index: number, owningCollectionId: string) {
  const chance = numbersOf(index)
  const id = `dataset-${index}`
  const start = Date.UTC(YEARS.first, 0, 1) + Math.floor(chance(0) * (YEARS.last - YEARS.first) * 365 * DAY)
  const document = {
    id,
    dataset: NAMES[Math.floor(chance(1) * NAMES.length)] ?? '',
    dataset_type: TYPES[Math.floor(chance(2) * TYPES.length)] ?? '',
    version: 'v1.1',
    label: id,
    starttime: new Date(start).toISOString(),
    endtime: new Date(start + 27_000).toISOString(),
    location: footprintOf(chance),
    metadata: { trackNumber: Math.floor(chance(3) * 175), orbitNumber: index, platform: 'Sentinel-1A' },
  }
  const { metadata, dataset } = datasetItem(document, { file: 'bench' })
  const moment = new Date(start)
  const item: Item = {
    kind: 'item',
    id: uuidOf(index),
    handle: `bench/${index}`,
    pid: `bench:${index}`,
    metadata,
    version: 1,
    createdAt: moment,
    modifiedAt: moment,
    owningCollectionId,
    templateOfId: null,
    submitterId: null,
    inArchive: true,
    withdrawn: false,
    discoverable: true,
  }
  return { item, dataset }
}

/** Mostly frames that lie aslant under a satellite's track; points and boxes among them, and some across the antimeridian. */
function footprintOf(chance: (salt: number) => number) {
  const [west, south] = [-180 + chance(4) * 360, -60 + chance(5) * 130]
  const kind = chance(6)
  if (kind < 0.15) return { type: 'Point', coordinates: [round(west), round(south)] }
  const [width, height] = [1 + chance(7) * 2, 0.5 + chance(8) * 2]
  const slant = kind < 0.25 ? 0 : 0.2
  const ring = [
    [west + width * slant, south],
    [west + width, south + height * slant],
    [west + width * (1 - slant), south + height],
    [west, south + height * (1 - slant)],
    [west + width * slant, south],
  ].map(([x = 0, y = 0]) => [round(x), round(y)])
  return { type: 'Polygon', coordinates: [ring] }
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

/** Eight numbers from 0 to 1, the same for the same dataset. */
function numbersOf(index: number): (salt: number) => number {
  const bytes = Buffer.concat([digest(`a ${index}`), digest(`b ${index}`)])
  return (salt) => bytes.readUInt32BE(salt * 4) / 2 ** 32
}

function uuidOf(index: number): string {
  return digest(`uuid ${index}`)
    .toString('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
