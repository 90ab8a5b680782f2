import { largestRectangle, type CellRange } from './largest-rectangle.ts'
import { boxesMeet, boxOf, type Box, type Place, type Shape } from './shape.ts'
import { isWithin, segmentsOf, sideOf, type Segment } from './segments.ts'

/** Boxes that tell most of what there is to tell about a shape. */
export interface Cover {
  /** The boxes of each list together hold all of the shape: rows from south to north, columns from west to east. */
  readonly outer: readonly (readonly Box[])[]
  /** All of each is in the shape. */
  readonly inner: readonly Box[]
}

/** Cells in each direction. */
const SIDE = 32
const BANDS = 8
/** As many as are quickly compared with; smaller ones tell too little. */
const MOST_INNER = 7
const LEAST_CELLS = 8

const OUTSIDE = 0
const BORDER = 1
const INSIDE = 2

/** Lays a grid over a shape, and takes together what is in it, and what may be. */
export function coverOf(shape: Shape): Cover {
  const box = boxOf(shape)
  const cells = cellsOf(shape, box)
  const turned = { west: box.south, south: box.west, east: box.north, north: box.east }
  const columns = bandsOf(transposed(cells), turned).map(({ west, south, east, north }): Box => ({
    west: south,
    south: west,
    east: north,
    north: east,
  }))
  return { outer: [bandsOf(cells, box), columns], inner: rectanglesIn(cells, box) }
}

function cellsOf(shape: Shape, box: Box): Uint8Array {
  const cells = new Uint8Array(SIDE * SIDE)
  const look = (range: CellRange, segments: readonly Segment[]): void => {
    const cell = boxAt(box, range)
    const near = segments.filter((segment) => reaches(segment, cell))
    if (near.length > 0 && range.right - range.left > 1) {
      for (const quarter of quartersOf(range)) look(quarter, near)
      return
    }
    const kind = kindOf(cell, near, shape)
    for (let row = range.top; row < range.bottom; row += 1) {
      cells.fill(kind, row * SIDE + range.left, row * SIDE + range.right)
    }
  }
  look({ left: 0, top: 0, right: SIDE, bottom: SIDE }, segmentsOf(shape))
  return cells
}

function kindOf(cell: Box, segments: readonly Segment[], { polygons }: Shape): number {
  if (segments.some((segment) => crosses(segment, cell))) return BORDER
  // Nothing runs through the cell: it is all of one kind, but for what runs along its sides.
  const middle: Place = [Math.floor((cell.west + cell.east) / 2), Math.floor((cell.south + cell.north) / 2)]
  const isThick = cell.west < middle[0] && cell.south < middle[1]
  if (isThick && polygons.some((rings) => isWithin(rings, middle))) return INSIDE
  return segments.length > 0 ? BORDER : OUTSIDE
}

/** From west to east the narrowest box of each few rows, those that are equal together. */
function bandsOf(cells: Uint8Array, box: Box): readonly Box[] {
  const bands: CellRange[] = []
  for (let top = 0; top < SIDE; top += SIDE / BANDS) {
    const bottom = top + SIDE / BANDS
    const columns = Array.from({ length: SIDE }, (_, column) => column).filter((column) => {
      for (let row = top; row < bottom; row += 1) if (cells[row * SIDE + column] !== OUTSIDE) return true
      return false
    })
    const [left, last] = [columns[0], columns.at(-1)]
    if (left === undefined || last === undefined) continue
    const before = bands.at(-1)
    const band = { left, top, right: last + 1, bottom }
    const isSame = before?.left === left && before.right === band.right && before.bottom === top
    if (isSame) bands[bands.length - 1] = { ...before, bottom }
    else bands.push(band)
  }
  return bands.map((band) => boxAt(box, band))
}

/** With rows for columns. */
function transposed(cells: Uint8Array): Uint8Array {
  return cells.map((_, index) => cells[(index % SIDE) * SIDE + Math.floor(index / SIDE)] ?? OUTSIDE)
}

/** The largest rectangles, none over another. */
function rectanglesIn(cells: Uint8Array, box: Box): readonly Box[] {
  const left = cells.map((kind) => Number(kind === INSIDE))
  const found: Box[] = []
  while (found.length < MOST_INNER) {
    const range = largestRectangle(left, SIDE)
    if ((range.right - range.left) * (range.bottom - range.top) < LEAST_CELLS) break
    for (let row = range.top; row < range.bottom; row += 1) {
      left.fill(0, row * SIDE + range.left, row * SIDE + range.right)
    }
    found.push(boxAt(box, range))
  }
  return found
}

/** Rows are counted from the south. */
function boxAt({ west, south, east, north }: Box, { left, top, right, bottom }: CellRange): Box {
  const at = (from: number, to: number, cell: number): number =>
    Math.floor(from + ((to - from) * cell) / SIDE)
  return {
    west: at(west, east, left),
    east: at(west, east, right),
    south: at(south, north, top),
    north: at(south, north, bottom),
  }
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
