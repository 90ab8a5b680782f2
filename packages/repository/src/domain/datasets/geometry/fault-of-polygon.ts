import { boxesMeet, type Place, type Ring } from './shape.ts'
import { isWithin, segmentsAlong, segmentsMeet, sideOf, type Segment } from './segments.ts'

/** More would be a burden to compare with; coastlines for maps have fewer. */
const MOST_PLACES = 10_000

/**
 * Why rings are no polygon: they cross or touch themselves, enclose nothing, or cross each other, or holes are not in the
 * first one (OGC 06-103r4 section 6.1.11).
 *
 * @returns undefined for a polygon
 */
export function faultOfPolygon(rings: readonly Ring[]): string | undefined {
  if (rings.reduce((sum, ring) => sum + ring.length, 0) > MOST_PLACES) {
    return `a polygon can have ${MOST_PLACES} positions at most`
  }
  if (rings.some(isFlat)) return 'a ring of the polygon encloses nothing'
  return faultOfBorders(rings) ?? faultOfHoles(rings)
}

function isFlat([first, second, ...others]: Ring): boolean {
  return (
    first === undefined || second === undefined || others.every((place) => sideOf(first, second, place) === 0)
  )
}

function faultOfBorders(rings: readonly Ring[]): string | undefined {
  const edges = rings.flatMap((ring, of) =>
    segmentsAlong(ring).map((segment, place, all) => ({ ...segment, of, place, count: all.length })),
  )
  for (const [one, other] of pairsNear(edges)) {
    if (!segmentsMeet(one, other)) continue
    if (one.of === other.of && !areNeighbours(one, other)) {
      return `the ring of the polygon crosses or touches itself at ${placeOf(one)}`
    }
    if (one.of !== other.of && !touchesOnly(one, other))
      return `rings of the polygon cross at ${placeOf(one)}`
  }
  return undefined
}

function faultOfHoles([outer, ...holes]: readonly Ring[]): string | undefined {
  for (const [index, hole] of holes.entries()) {
    if (outer !== undefined && hole.some((place) => isOutside(outer, place))) {
      return 'a hole of the polygon is not within it'
    }
    if (holes.some((other, at) => at !== index && hole.every((place) => isWithin([other], place)))) {
      return 'a hole of the polygon is within another one'
    }
  }
  return undefined
}

/** A segment with its ring and its place there. */
type Edge = Segment & { readonly of: number; readonly place: number; readonly count: number }

/** Neighbours share a corner; they must not run back along each other. */
function areNeighbours(one: Edge, other: Edge): boolean {
  const distance = Math.abs(one.place - other.place)
  return (distance === 1 || distance === one.count - 1) && !runsBack(one, other)
}

/** Whether segments that meet have one place in common, a corner of one of them. */
function touchesOnly(one: Segment, other: Segment): boolean {
  const sides = [
    sideOf(one.from, one.to, other.from),
    sideOf(one.from, one.to, other.to),
    sideOf(other.from, other.to, one.from),
    sideOf(other.from, other.to, one.to),
  ]
  if (!sides.every((side) => side === 0)) return sides.includes(0)
  // On the same line: what they have in common lies in both boxes.
  const { west, south, east, north } = one.box
  const { box } = other
  const [width, height] = [
    Math.min(east, box.east) - Math.max(west, box.west),
    Math.min(north, box.north) - Math.max(south, box.south),
  ]
  return width === 0 && height === 0
}

function runsBack(one: Segment, other: Segment): boolean {
  const shared = [one.from, one.to].find((place) => same(place, other.from) || same(place, other.to))
  if (shared === undefined) return true
  const away = same(shared, one.from) ? one.to : one.from
  const back = same(shared, other.from) ? other.to : other.from
  if (sideOf(shared, away, back) !== 0) return false
  return (
    Math.sign(away[0] - shared[0]) === Math.sign(back[0] - shared[0]) &&
    Math.sign(away[1] - shared[1]) === Math.sign(back[1] - shared[1])
  )
}

function same(one: Place, other: Place): boolean {
  return one[0] === other[0] && one[1] === other[1]
}

function isOutside(outer: Ring, place: Place): boolean {
  if (isWithin([outer], place)) return false
  const point: Segment = {
    from: place,
    to: place,
    box: { west: place[0], east: place[0], south: place[1], north: place[1] },
  }
  return !segmentsAlong(outer).some((edge) => boxesMeet(edge.box, point.box) && segmentsMeet(edge, point))
}

/** The pairs whose boxes meet, swept from west to east. */
function* pairsNear(edges: readonly Edge[]): Generator<readonly [Edge, Edge], void> {
  const sorted = edges.toSorted((one, other) => one.box.west - other.box.west)
  for (const [index, one] of sorted.entries()) {
    for (let at = index + 1; at < sorted.length; at += 1) {
      const other = sorted[at]
      if (other === undefined || other.box.west > one.box.east) break
      if (boxesMeet(one.box, other.box)) yield [one, other]
    }
  }
}

function placeOf({ from: [x, y] }: Segment): string {
  return `[${x / 1e9}, ${y / 1e9}]`
}
