import { boxAt, gridOver, INSIDE, OUTSIDE } from './grid.ts'
import { largestRectangle, type CellRange } from './largest-rectangle.ts'
import { boxOf, type Box, type Shape } from './shape.ts'

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

/** Lays a grid over a shape, and takes together what is in it, and what may be. */
export function coverOf(shape: Shape): Cover {
  const box = boxOf(shape)
  const cells = gridOver(shape, box, SIDE)
  const turned = { west: box.south, south: box.west, east: box.north, north: box.east }
  const columns = bandsOf(transposed(cells), turned).map(({ west, south, east, north }): Box => ({
    west: south,
    south: west,
    east: north,
    north: east,
  }))
  return { outer: [bandsOf(cells, box), columns], inner: rectanglesIn(cells, box) }
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
  return bands.map((band) => boxAt(box, SIDE, band))
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
    found.push(boxAt(box, SIDE, range))
  }
  return found
}
