import { expect, test } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { footprintOf } from '../../src/domain/datasets/geometry/footprint.ts'
import type { Geometry, Position } from '../../src/domain/datasets/geometry/geojson.ts'
import { regionOf } from '../../src/domain/datasets/geometry/region.ts'
import { boxesMeet, shapeOfBox, type Box } from '../../src/domain/datasets/geometry/shape.ts'
import { chance } from '../_support/random.ts'
import { intersects, isValid, toJts } from './jts.ts'
import { randomGeometry } from './random-geometry.ts'

test('two shapes meet where JTS says so, however they were sent', () => {
  const luck = chance(5)
  let meetings = 0
  for (let round = 0; round < 1500; round += 1) {
    const size = luck.of([10, 40, 170])
    const [one, other] = [randomGeometry(luck, size), randomGeometry(luck, size)]
    const expected = [-360, 0, 360].some((by) =>
      intersects(toJts(one.planar), toJts(turned(other.planar, by))),
    )
    meetings += Number(expected)
    const [first, second] = [footprintOf(one.sent), footprintOf(other.sent)]
    const sent = [one.sent, other.sent]
    const meet = [regionOf(first).meets(second.shape), regionOf(second).meets(first.shape)]
    expect({ sent, meet }).toEqual({ sent, meet: [expected, expected] })
  }
  expect(meetings).toBeGreaterThan(80)
})

test('a cover holds all of its shape, and what is within it is all of it', () => {
  const luck = chance(6)
  for (let round = 0; round < 400; round += 1) {
    const { sent } = randomGeometry(luck, luck.of([10, 40, 170]))
    const { shape, box } = footprintOf(sent)
    const {
      meets,
      turns: [turn],
    } = regionOf({ shape, box })
    for (let probe = 0; probe < 50; probe += 1) {
      const place = (from: number, to: number): number =>
        Math.round(from + (luck.integer(1001) / 1000) * (to - from))
      const [x, y] = [place(box.west, box.east), place(box.south, box.north)]
      const point: Box = { west: x, east: x, south: y, north: y }
      const isIn = meets(shapeOfBox(point))
      const isOf = (boxes: readonly Box[]): boolean => boxes.some((one) => boxesMeet(one, point))
      const [isOuter, isInner] = [turn?.outer.every(isOf), isOf(turn?.inner ?? [])]
      // In all of the inner ones and none but the outer ones.
      expect({ sent, inside: isIn || isInner, covered: !isIn || isOuter }).toEqual({
        sent,
        inside: isIn,
        covered: true,
      })
    }
  }
})

test('a polygon is refused where JTS refuses it', () => {
  const luck = chance(7)
  let refused = 0
  for (let round = 0; round < 3000; round += 1) {
    const ring = Array.from({ length: 3 + luck.integer(4) }, (): Position => [
      luck.integer(6),
      luck.integer(6),
    ])
    const hole = Array.from({ length: 3 }, (): Position => [luck.integer(6), luck.integer(6)])
    const closed = [ring, ...(luck.happens(0.3) ? [hole] : [])].map((places) => [
      ...places,
      ...places.slice(0, 1),
    ])
    const polygon: Geometry = { type: 'Polygon', coordinates: closed }
    const isTaken = takes(polygon)
    refused += Number(!isTaken)
    // JTS also refuses polygons whose holes cut them in two, which does no harm.
    const isCutInTwo = isTaken && closed.length > 1
    expect({ closed, isTaken }).toEqual({ closed, isTaken: isCutInTwo || isValid(polygon) })
  }
  expect(refused).toBeGreaterThan(300)
  expect(refused).toBeLessThan(2900)
})

test.each<[name: string, one: Geometry, other: Geometry, meets: boolean]>([
  ['a point in a hole', hollow(), { type: 'Point', coordinates: [5, 5] }, false],
  ['a point on the border of a hole', hollow(), { type: 'Point', coordinates: [4, 5] }, true],
  ['a polygon in a hole', hollow(), square(4.5, 4.5, 1), false],
  ['a polygon that fills a hole', hollow(), square(4, 4, 2), true],
  ['corners that touch', square(0, 0, 1), square(1, 1, 1), true],
  ['sides that almost touch', square(0, 0, 1), square(1.000000001, 0, 1), false],
  [
    'a corner on a slanted side',
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 3],
      ],
    },
    { type: 'Point', coordinates: [0.1, 0.3] },
    true,
  ],
  [
    'a corner just off a slanted side',
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 3],
      ],
    },
    { type: 'Point', coordinates: [0.1, 0.300000001] },
    false,
  ],
  ['both sides of the antimeridian', square(179, 0, 1), { type: 'Point', coordinates: [-180, 0.5] }, true],
  ['the whole globe', square(-180, -90, 180, 360), { type: 'Point', coordinates: [180, -90] }, true],
])('%s', (_name, one, other, expected) => {
  expect(regionOf(footprintOf(one)).meets(footprintOf(other).shape)).toBe(expected)
  expect(regionOf(footprintOf(other)).meets(footprintOf(one).shape)).toBe(expected)
})

function square(west: number, south: number, height: number, width = height): Geometry & { type: 'Polygon' } {
  const [east, north] = [west + width, south + height]
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  }
}

/** From 0 to 10, with a hole from 4 to 6. */
function hollow(): Geometry {
  return { type: 'Polygon', coordinates: [...square(0, 0, 10).coordinates, ...square(4, 4, 2).coordinates] }
}

function takes(geometry: Geometry): boolean {
  try {
    footprintOf(geometry)
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'INVALID') return false
    throw error
  }
}

function turned(geometry: Geometry, by: number): Geometry {
  const turn = (value: unknown): unknown =>
    Array.isArray(value)
      ? typeof value[0] === 'number'
        ? [value[0] + by, value[1]]
        : value.map(turn)
      : value
  return {
    ...geometry,
    ...('coordinates' in geometry && { coordinates: turn(geometry.coordinates) }),
  } as Geometry
}
