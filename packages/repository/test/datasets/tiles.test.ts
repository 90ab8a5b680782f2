import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { footprintOf } from '../../src/domain/datasets/geometry/footprint.ts'
import { regionOf } from '../../src/domain/datasets/geometry/region.ts'
import type { Box } from '../../src/domain/datasets/geometry/shape.ts'
import { boxText } from '../../src/postgres/datasets/box-text.ts'
import { chance } from '../_support/random.ts'
import { testDatabase } from '../_support/test-database.ts'
import { randomGeometry } from './random-geometry.ts'

let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.stop())

test('the tiles of a region lead to every box that has a place in it, and say where all have', async () => {
  const luck = chance(18)
  const random = (count: number, sizes: readonly number[]) =>
    Array.from({ length: count }, () => footprintOf(randomGeometry(luck, luck.of(sizes)).sent))
  const footprints = random(600, [1, 5, 20, 90, 300])
  const tiles = await tilesOfBoxes(footprints.map(({ box }) => box))
  const counts = { inner: 0, border: 0, outside: 0 }
  for (const { shape, box } of random(150, [20, 90, 300])) {
    const region = regionOf({ shape, box })
    const [inner, border] = [new Set(region.tiles.inner), new Set(region.tiles.border)]
    for (const [index, other] of footprints.entries()) {
      const tile = tiles[index] ?? Number.NaN
      const where = inner.has(tile) ? 'inner' : border.has(tile) ? 'border' : 'outside'
      counts[where] += 1
      if (where === 'border') continue
      const pair = { one: shape, other: other.shape }
      expect({ pair, meet: region.meets(other.shape) }).toEqual({ pair, meet: where === 'inner' })
    }
  }
  // Tiles that tell nothing are right, too.
  expect(counts.inner).toBeGreaterThan(400)
  expect(counts.outside).toBeGreaterThan(20_000)
})

const SIZE = 5_625_000_000
test.each<[name: string, box: Box, expected: readonly [level: number, row: number, column: number]]>([
  [
    'a point in the corner of the globe',
    { west: -180e9, south: -90e9, east: -180e9, north: -90e9 },
    [6, 0, 0],
  ],
  ['a point at the north pole', { west: 0, south: 90e9, east: 0, north: 90e9 }, [6, 32, 32]],
  ['just within the finest tile', { west: 0, south: 0, east: SIZE - 1, north: 1 }, [6, 16, 32]],
  ['as wide as the finest tile', { west: 0, south: 0, east: SIZE, north: 1 }, [5, 8, 16]],
  ['just west of a side', { west: -1, south: -1, east: 1, north: 1 }, [6, 15, 31]],
  ['across the antimeridian', { west: 179e9, south: 0, east: 181e9, north: 1e9 }, [6, 16, 63]],
  ['the whole globe', { west: -180e9, south: -90e9, east: 180e9, north: 90e9 }, [0, 0, 0]],
])('the tile of %s', async (_name, box, [level, row, column]) => {
  expect(await tilesOfBoxes([box])).toEqual([(level << 20) | (row << 10) | column])
})

async function tilesOfBoxes(boxes: readonly Box[]): Promise<readonly number[]> {
  const result = await sql<{ tile: number }>`
    select dataset_tile(box) as tile from unnest(${boxes.map(boxText)}::text[]::box[]) with ordinality as given (box, place)
    order by place
  `.execute(database.database.read)
  return result.rows.map(({ tile }) => tile)
}
