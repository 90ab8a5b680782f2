import { boxesMeet, boxOf, type Box, type Place, type Shape } from './shape.ts'
import { isWithin, segmentsMeet, segmentsOf, type Segment } from './segments.ts'

/** A shape in its box. */
interface Boxed {
  readonly shape: Shape
  readonly box: Box
}

/** A shape with what comparing it with several takes. */
export interface Comparable extends Boxed {
  readonly segments: readonly Segment[]
  readonly starts: readonly Place[]
}

/** Makes a shape ready to be compared with several. */
export function comparable(shape: Shape): Comparable {
  return { shape, box: boxOf(shape), segments: segmentsOf(shape), starts: startsOf(shape) }
}

/**
 * Whether shapes have a place in common: borders count, holes are no part. The answer is exact: places are whole numbers,
 * and sides of lines are told without rounding.
 */
export function shapesMeet(one: Comparable, other: Boxed): boolean {
  if (!boxesMeet(one.box, other.box)) return false
  // Where no borders meet, a part is as a whole in a polygon of the other or outside of it.
  return (
    startsOf(other.shape).some((place) => isCovered(place, one.shape)) ||
    bordersMeet(near(segmentsOf(other.shape), one.box), near(one.segments, other.box)) ||
    one.starts.some((place) => isCovered(place, other.shape))
  )
}

/** A place of each part. */
function startsOf({ points, lines, polygons }: Shape): readonly Place[] {
  const firsts = [...lines, ...polygons.map(([outer]) => outer ?? [])].flatMap((places) => places.slice(0, 1))
  return [...points, ...firsts]
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
