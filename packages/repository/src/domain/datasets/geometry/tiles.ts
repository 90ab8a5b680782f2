import { gridOver, INSIDE, OUTSIDE } from './grid.ts'
import type { Box, Shape } from './shape.ts'
import { AROUND } from './to-shape.ts'

/**
 * Where to look for boxes near a shape. Boxes are filed under tiles: squares of 360 degrees, of 180, and so on. Each is
 * filed under the smallest that is larger than it, the one with its south-west corner, so that it lies in that tile and
 * the next ones to the east and the north. See `dataset_tile` in the migrations.
 */
export interface Tiles {
  /** Numbers of tiles: what is filed there is all in the shape. */
  readonly inner: readonly number[]
  /** What is filed there may have a place in the shape. */
  readonly border: readonly number[]
}

/** Level 0 is the tile of 360 degrees; the finest ones are of 5.625. More of them would take longer than they spare. */
const FINEST = 6
/** All where boxes lie; as many cells of a level wide and high as two of the largest tile. */
const PLANE: Box = { west: -AROUND / 2, east: AROUND * 1.5, south: -AROUND / 4, north: AROUND * 1.75 }

/** The tiles of boxes near a shape, which may go around the globe several times. */
export function tilesOf(shape: Shape): Tiles {
  const tiles = { inner: [] as number[], border: [] as number[] }
  let grid: Grid = { side: 2 ** (FINEST + 1), cells: gridOver(shape, PLANE, 2 ** (FINEST + 1)) }
  for (let level = FINEST; level >= 0; level -= 1) {
    // South-west corners are west of 180 degrees, and not north of 90.
    for (let row = 0; row <= grid.side / 4; row += 1) {
      for (let column = 0; column < grid.side / 2; column += 1) {
        const kind = kindOfFour(grid, row, column)
        if (kind === OUTSIDE) continue
        const list = kind === INSIDE ? tiles.inner : tiles.border
        list.push((level << 20) | (row << 10) | column)
      }
    }
    grid = coarser(grid)
  }
  return tiles
}

/** Cells of {@link gridOver}. */
interface Grid {
  readonly side: number
  readonly cells: Uint8Array
}

/** The same with cells that are twice as wide and high. */
function coarser(grid: Grid): Grid {
  const side = grid.side / 2
  const cells = new Uint8Array(side * side)
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      cells[row * side + column] = kindOfFour(grid, row * 2, column * 2)
    }
  }
  return { side, cells }
}

/** How a cell, which is not at the far sides, lies together with the next ones to the east and the north. */
function kindOfFour({ side, cells }: Grid, row: number, column: number): number {
  const at = row * side + column
  return (
    (cells[at] ?? OUTSIDE) |
    (cells[at + 1] ?? OUTSIDE) |
    (cells[at + side] ?? OUTSIDE) |
    (cells[at + side + 1] ?? OUTSIDE)
  )
}
