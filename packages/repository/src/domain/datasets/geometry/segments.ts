import { orient2d } from 'robust-predicates'
import type { Box, Place, Ring, Shape } from './shape.ts'

/** A straight line between two places, which may be the same: then it is a point. */
export interface Segment {
  readonly from: Place
  readonly to: Place
  readonly box: Box
}

/** On which side of a line a place is: positive, negative, or 0 on it. Exact. */
export function sideOf(from: Place, to: Place, place: Place): number {
  return orient2d(from[0], from[1], to[0], to[1], place[0], place[1])
}

/** Whether segments have a place in common. Boxes that meet are the caller's to see to. */
export function segmentsMeet(one: Segment, other: Segment): boolean {
  return (
    sideOf(one.from, one.to, other.from) * sideOf(one.from, one.to, other.to) <= 0 &&
    sideOf(other.from, other.to, one.from) * sideOf(other.from, other.to, one.to) <= 0
  )
}

/** Every straight piece of a shape: of its lines, of the borders of its polygons and of their holes, and its points. */
export function segmentsOf({ points, lines, polygons }: Shape): readonly Segment[] {
  return [
    ...points.map((point) => segment(point, point)),
    ...lines.flatMap(segmentsAlong),
    ...polygons.flatMap((rings) => rings.flatMap(segmentsAlong)),
  ]
}

/** The pieces of a line, in its order. */
export function segmentsAlong(places: readonly Place[]): readonly Segment[] {
  return places.slice(1).map((to, index) => segment(places[index] ?? to, to))
}

function segment(from: Place, to: Place): Segment {
  const box = {
    west: Math.min(from[0], to[0]),
    south: Math.min(from[1], to[1]),
    east: Math.max(from[0], to[0]),
    north: Math.max(from[1], to[1]),
  }
  return { from, to, box }
}

/** Whether a place is in a polygon that has it on no border. */
export function isWithin(rings: readonly Ring[], [x, y]: Place): boolean {
  let inside = false
  for (const ring of rings) {
    for (const [index, to] of ring.entries()) {
      const from = ring[index - 1]
      if (from === undefined || from[1] <= y === to[1] <= y) continue
      if (sideOf(from, to, [x, y]) > 0 === to[1] > from[1]) inside = !inside
    }
  }
  return inside
}
