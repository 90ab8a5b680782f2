import { invalid } from '../../errors.ts'
import type { Geometry, Position } from './geojson.ts'
import { faultOfPolygon } from './fault-of-polygon.ts'
import { sideOf } from './segments.ts'
import { boxAround, boxOf, merged, shifted, type Place, type Ring, type Shape } from './shape.ts'

/** Places in a degree: with whole numbers, a corner that touches a line by its decimals does so exactly. */
const PLACES = 1e9
/** Once around the globe. */
export const AROUND = 360 * PLACES
const HALF = AROUND / 2

const NOTHING: Shape = { points: [], lines: [], polygons: [] }

/**
 * The shape of a geometry, in one piece across the antimeridian where that is shorter: from a west border between -180
 * (included) and 180 degrees to an east border that may lie beyond 180. Polygons wider than half the globe that are
 * clockwise, as they are in Elasticsearch, or no polygons otherwise, go the other way around, and so do steps of lines.
 *
 * @throws DomainError `INVALID` with the reason
 */
export function toShape(geometry: Geometry): Shape {
  const parts = partsOf(geometry).map(toWestBorder)
  if (parts.length === 0) throw invalid('the geometry is empty')
  return merged(arranged(parts))
}

function partsOf(geometry: Geometry): readonly Shape[] {
  switch (geometry.type) {
    case 'Point':
      return [{ ...NOTHING, points: [toPlace(geometry.coordinates)] }]
    case 'MultiPoint':
      return geometry.coordinates.map((point) => ({ ...NOTHING, points: [toPlace(point)] }))
    case 'LineString':
      return [lineOf(geometry.coordinates)]
    case 'MultiLineString':
      return geometry.coordinates.map(lineOf)
    case 'Polygon':
      return [polygonOf(geometry.coordinates)]
    case 'MultiPolygon':
      return geometry.coordinates.map(polygonOf)
    case 'GeometryCollection':
      return geometry.geometries.flatMap(partsOf)
  }
}

function toPlace([longitude, latitude]: Position): Place {
  return [Math.round(longitude * PLACES), Math.round(latitude * PLACES)]
}

function lineOf(positions: readonly Position[]): Shape {
  if (positions.length < 2) throw invalid('a line needs two positions')
  const places: Place[] = []
  for (const [x, y] of positions.map(toPlace)) {
    const last = places.at(-1)?.[0] ?? x
    const step = (x - last) % AROUND
    places.push([last + (Math.abs(step) > HALF ? step - Math.sign(step) * AROUND : step), y])
  }
  return { ...NOTHING, lines: [places] }
}

function polygonOf(positions: readonly (readonly Position[])[]): Shape {
  const rings = positions.map(ringOf)
  const [outer] = rings
  if (outer === undefined) throw invalid('a polygon needs a ring')
  const { west, east } = boxAround(outer)
  const isWide = east - west > HALF && east - west !== AROUND
  const isOverAntimeridian = isWide && (isClockwise(outer) || faultOfPolygon(rings) !== undefined)
  const unwrap = ([x, y]: Place): Place => [x < 0 ? x + AROUND : x, y]
  const polygon = isOverAntimeridian ? rings.map((ring) => ring.map(unwrap)) : rings
  const fault = faultOfPolygon(polygon)
  if (fault !== undefined) throw invalid(fault)
  return { ...NOTHING, polygons: [polygon] }
}

function ringOf(positions: readonly Position[]): Ring {
  const places = positions.map(toPlace)
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined || first[0] !== last[0] || first[1] !== last[1]) {
    throw invalid('a ring of a polygon must end where it begins')
  }
  const ring = places.filter(([x, y], index) => {
    const before = places[index - 1]
    return before === undefined || before[0] !== x || before[1] !== y
  })
  if (ring.length < 4)
    throw invalid('a ring of a polygon needs four positions, the last of which is the first')
  return ring
}

/** By its westernmost corner, which turns as the whole ring does. */
function isClockwise(ring: Ring): boolean {
  const corners = ring.slice(1)
  const corner = corners.reduce((best, [x, y], index) => {
    const [bestX, bestY] = corners[best] ?? [Infinity, Infinity]
    return x < bestX || (x === bestX && y < bestY) ? index : best
  }, 0)
  const at = (index: number): Place => corners[(index + corners.length) % corners.length] ?? [0, 0]
  return sideOf(at(corner - 1), at(corner), at(corner + 1)) > 0
}

/** Moves a part around the globe until its west border is where west borders are. */
function toWestBorder(part: Shape): Shape {
  const { west, east } = boxOf(part)
  if (east - west > AROUND) throw invalid('a geometry cannot be wider than the globe')
  const rounds = -Math.floor((west + HALF) / AROUND)
  return rounds === 0 ? part : shifted(part, rounds * AROUND)
}

/** Puts parts on either side of the antimeridian next to each other where the whole is narrower than the globe so. */
function arranged(parts: readonly Shape[]): readonly Shape[] {
  const placed = parts
    .map((part) => ({ part, ...boxOf(part) }))
    .toSorted((one, other) => one.west - other.west)
  const eastFrom = placed
    .toReversed()
    .reduce<number[]>((all, { east }) => [Math.max(east, all[0] ?? east), ...all], [])
  let eastBefore = -Infinity
  let best = { width: AROUND, start: 0 }
  for (const [start, { west, east }] of placed.entries()) {
    const width = Math.max(eastFrom[start] ?? east, eastBefore + AROUND) - west
    if (width < best.width) best = { width, start }
    eastBefore = Math.max(eastBefore, east)
  }
  return placed.map(({ part }, index) => (index < best.start ? shifted(part, AROUND) : part))
}
