import { boxAround, boxesMeet, boxOf, type Box, type Place, type Shape } from './shape.ts'
import { isWithin, segmentsOf, sideOf, type Segment } from './segments.ts'

/** Boxes that tell most of what there is to tell about a shape. */
export interface Cover {
  /** Together they hold all of the shape. */
  readonly outer: readonly Box[]
  /** All of each is in the shape. */
  readonly inner: readonly Box[]
}

/** As many boxes as are quickly compared with. */
const MOST = 16

/** A box that is neither in the shape nor out of it, with the segments that are in it. */
interface Cell {
  readonly box: Box
  readonly segments: readonly Segment[]
}

/** Covers a shape by halving the largest box on its border again and again. */
export function coverOf(shape: Shape): Cover {
  const inner: Box[] = []
  let border: Cell[] = []
  const place = (cell: Cell): void => {
    const kind = relationOf(cell, shape)
    if (kind === 'inside') inner.push(cell.box)
    if (kind === 'border') border.push(cell)
    if (kind === 'touched') border.push({ ...cell, box: sharedBox(cell) })
  }
  place({ box: boxOf(shape), segments: segmentsOf(shape) })
  while (border.length > 0 && border.length + inner.length < MOST) {
    const [largest, ...others] = border.toSorted((one, other) => areaOf(other.box) - areaOf(one.box))
    if (largest === undefined || areaOf(largest.box) < 4) break
    border = others
    for (const box of halvesOf(largest.box)) {
      place({ box, segments: largest.segments.filter((segment) => reaches(segment, box)) })
    }
  }
  return { outer: [...inner, ...border.map(({ box }) => box)], inner }
}

function relationOf(
  { box, segments }: Cell,
  { polygons }: Shape,
): 'inside' | 'border' | 'touched' | 'outside' {
  const isCrossed = segments.some((segment) => crosses(segment, box))
  if (isCrossed) return 'border'
  // Nothing runs through the box: it is all of one kind, but for what runs along its sides.
  const middle: Place = [Math.floor((box.west + box.east) / 2), Math.floor((box.south + box.north) / 2)]
  const isThick = box.west < middle[0] && box.south < middle[1]
  if (isThick && polygons.some((rings) => isWithin(rings, middle))) return 'inside'
  return segments.length > 0 ? 'touched' : 'outside'
}

/** What the segments of a box have of it. */
function sharedBox({ box, segments }: Cell): Box {
  return boxAround(
    segments.flatMap(({ box: { west, south, east, north } }): Place[] => [
      [Math.max(west, box.west), Math.max(south, box.south)],
      [Math.min(east, box.east), Math.min(north, box.north)],
    ]),
  )
}

/** Whether a segment has a place in a box, its sides included. */
function reaches(segment: Segment, box: Box): boolean {
  if (!boxesMeet(segment.box, box)) return false
  const sides = cornersOf(box).map((corner) => sideOf(segment.from, segment.to, corner))
  return !(sides.every((side) => side > 0) || sides.every((side) => side < 0))
}

/** Whether a segment has a place between the sides of a box. */
function crosses(segment: Segment, box: Box): boolean {
  const { west, south, east, north } = segment.box
  if (!(west < box.east && east > box.west && south < box.north && north > box.south)) return false
  const sides = cornersOf(box).map((corner) => sideOf(segment.from, segment.to, corner))
  // A point between the sides has no sides itself.
  return (
    sides.every((side) => side === 0) || (sides.some((side) => side > 0) && sides.some((side) => side < 0))
  )
}

function cornersOf({ west, south, east, north }: Box): readonly Place[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]
}

/** Across the longer side. */
function halvesOf(box: Box): readonly [Box, Box] {
  const { west, south, east, north } = box
  if (east - west >= north - south) {
    const middle = Math.floor((west + east) / 2)
    return [
      { ...box, east: middle },
      { ...box, west: middle },
    ]
  }
  const middle = Math.floor((south + north) / 2)
  return [
    { ...box, north: middle },
    { ...box, south: middle },
  ]
}

function areaOf({ west, south, east, north }: Box): number {
  return (east - west) * (north - south)
}
