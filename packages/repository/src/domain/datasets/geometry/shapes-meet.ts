import { boxesMeet, boxOf, type Box, type Place, type Shape } from './shape.ts'
import { isWithin, segmentsMeet, segmentsOf, type Segment } from './segments.ts'

/**
 * Finds out, for one shape, whether others have a place in common with it: borders count, holes are no part. The answer is
 * exact: places are whole numbers, and sides of lines are told without rounding.
 *
 * @example
 * const meets = meeting(polygon)
 * const found = candidates.filter(({ shape }) => meets(shape))
 */
export function meeting(shape: Shape): (other: Shape) => boolean {
  const segments = segmentsOf(shape)
  const box = boxOf(shape)
  const starts = startsOf(shape)
  return (other) => {
    const otherBox = boxOf(other)
    if (!boxesMeet(box, otherBox)) return false
    // Where no borders meet, a part is as a whole in a polygon of the other or outside of it.
    return (
      bordersMeet(near(segmentsOf(other), box), near(segments, otherBox)) ||
      starts.some((place) => isCovered(place, other)) ||
      startsOf(other).some((place) => isCovered(place, shape))
    )
  }
}

function near(segments: readonly Segment[], box: Box): readonly Segment[] {
  return segments.filter((segment) => boxesMeet(segment.box, box))
}

function bordersMeet(some: readonly Segment[], others: readonly Segment[]): boolean {
  return some.some((one) => others.some((other) => boxesMeet(one.box, other.box) && segmentsMeet(one, other)))
}

/** A place of each part. */
function startsOf({ points, lines, polygons }: Shape): readonly Place[] {
  const firsts = [...lines, ...polygons.map(([outer]) => outer ?? [])].flatMap((places) => places.slice(0, 1))
  return [...points, ...firsts]
}

function isCovered(place: Place, { polygons }: Shape): boolean {
  return polygons.some((rings) => isWithin(rings, place))
}
