import type { CellRange } from './largest-rectangle.ts'
import { boxesMeet, type Box, type Place, type Shape } from './shape.ts'
import { isWithin, segmentsOf, sideOf, type Segment } from './segments.ts'

/** How a cell of a grid lies: away from a shape, all in it, or neither, as far as is known. How several lie together is their `|`. */
export const OUTSIDE = 1
export const INSIDE = 2
const BORDER = 3

/**
 * Lays a grid over a box, and tells how each cell lies to a shape: row by row from the south, each from the west.
 *
 * @param side how many cells a row and a column have: a power of two
 */
export function gridOver(shape: Shape, box: Box, side: number): Uint8Array {
  const cells = new Uint8Array(side * side)
  const look = (range: CellRange, segments: readonly Segment[]): void => {
    const cell = boxAt(box, side, range)
    const near = segments.filter((segment) => reaches(segment, cell))
    if (near.length > 0 && range.right - range.left > 1) {
      for (const quarter of quartersOf(range)) look(quarter, near)
      return
    }
    const kind = kindOf(cell, near, shape)
    for (let row = range.top; row < range.bottom; row += 1) {
      cells.fill(kind, row * side + range.left, row * side + range.right)
    }
  }
  look({ left: 0, top: 0, right: side, bottom: side }, segmentsOf(shape))
  return cells
}

/** Where cells of a grid over a box are. */
export function boxAt({ west, south, east, north }: Box, side: number, range: CellRange): Box {
  const at = (from: number, to: number, cell: number): number =>
    Math.floor(from + ((to - from) * cell) / side)
  return {
    west: at(west, east, range.left),
    east: at(west, east, range.right),
    south: at(south, north, range.top),
    north: at(south, north, range.bottom),
  }
}

function kindOf(cell: Box, segments: readonly Segment[], { polygons }: Shape): number {
  if (segments.some((segment) => crosses(segment, cell))) return BORDER
  // Nothing runs through the cell: it is all of one kind, but for what runs along its sides.
  const middle: Place = [Math.floor((cell.west + cell.east) / 2), Math.floor((cell.south + cell.north) / 2)]
  const isThick = cell.west < middle[0] && cell.south < middle[1]
  if (isThick && polygons.some((rings) => isWithin(rings, middle))) return INSIDE
  return segments.length > 0 ? BORDER : OUTSIDE
}

function quartersOf({ left, top, right, bottom }: CellRange): readonly CellRange[] {
  const [middle, centre] = [(left + right) / 2, (top + bottom) / 2]
  return [
    { left, top, right: middle, bottom: centre },
    { left: middle, top, right, bottom: centre },
    { left, top: centre, right: middle, bottom },
    { left: middle, top: centre, right, bottom },
  ]
}

/** Whether a segment has a place in a box, its sides included. */
function reaches(segment: Segment, box: Box): boolean {
  if (!boxesMeet(segment.box, box)) return false
  const { least, most } = cornerSides(segment, box)
  return least <= 0 && most >= 0
}

/** Whether a segment has a place between the sides of a box. */
function crosses(segment: Segment, box: Box): boolean {
  const { west, south, east, north } = segment.box
  if (!(west < box.east && east > box.west && south < box.north && north > box.south)) return false
  const { least, most } = cornerSides(segment, box)
  // A point between the sides has no sides itself.
  return (least < 0 && most > 0) || (least === 0 && most === 0)
}

/** On which sides of a segment the corners of a box are. */
function cornerSides(
  { from, to }: Segment,
  { west, south, east, north }: Box,
): { least: number; most: number } {
  const [a, b] = [sideOf(from, to, [west, south]), sideOf(from, to, [east, south])]
  const [c, d] = [sideOf(from, to, [east, north]), sideOf(from, to, [west, north])]
  return { least: Math.min(a, b, c, d), most: Math.max(a, b, c, d) }
}
