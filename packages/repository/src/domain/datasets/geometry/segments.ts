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
  const segments = points.map((point) => segment(point, point))
  for (const line of lines) addSegments(segments, line)
  for (const rings of polygons) for (const ring of rings) addSegments(segments, ring)
  return segments
}

/** The pieces of a line, in its order. */
export function segmentsAlong(places: readonly Place[]): readonly Segment[] {
  const segments: Segment[] = []
  addSegments(segments, places)
  return segments
}

function addSegments(segments: Segment[], places: readonly Place[]): void {
  let from: Place | undefined
  for (const to of places) {
    if (from !== undefined) segments.push(segment(from, to))
    from = to
  }
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
    let from: Place | undefined
    for (const to of ring) {
      const isLevel = from === undefined || from[1] <= y === to[1] <= y
      if (from !== undefined && !isLevel && sideOf(from, to, [x, y]) > 0 === to[1] > from[1]) inside = !inside
      from = to
    }
  }
  return inside
}
