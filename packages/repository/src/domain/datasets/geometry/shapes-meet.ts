import { boxesMeet, boxOf, type Box, type Place, type Shape } from './shape.ts'
import { isWithin, segmentsMeet, segmentsOf, type Segment } from './segments.ts'

/** A shape with what comparing it takes. */
export interface Comparable {
  readonly shape: Shape
  readonly box: Box
  readonly segments: readonly Segment[]
  /** A place of each part. */
  readonly starts: readonly Place[]
}

/** Makes a shape ready to be compared with several. */
export function comparable(shape: Shape): Comparable {
  const { points, lines, polygons } = shape
  const firsts = [...lines, ...polygons.map(([outer]) => outer ?? [])].flatMap((places) => places.slice(0, 1))
  return { shape, box: boxOf(shape), segments: segmentsOf(shape), starts: [...points, ...firsts] }
}

/**
 * Whether shapes have a place in common: borders count, holes are no part. The answer is exact: places are whole numbers,
 * and sides of lines are told without rounding.
 */
export function shapesMeet(one: Comparable, other: Comparable): boolean {
  if (!boxesMeet(one.box, other.box)) return false
  // Where no borders meet, a part is as a whole in a polygon of the other or outside of it.
  return (
    bordersMeet(near(other.segments, one.box), near(one.segments, other.box)) ||
    one.starts.some((place) => isCovered(place, other.shape)) ||
    other.starts.some((place) => isCovered(place, one.shape))
  )
}

function near(segments: readonly Segment[], box: Box): readonly Segment[] {
  return segments.filter((segment) => boxesMeet(segment.box, box))
}

function bordersMeet(some: readonly Segment[], others: readonly Segment[]): boolean {
  return some.some((one) => others.some((other) => boxesMeet(one.box, other.box) && segmentsMeet(one, other)))
}

function isCovered(place: Place, { polygons }: Shape): boolean {
  return polygons.some((rings) => isWithin(rings, place))
}
