/** Cells of a grid: from `left` to before `right`, from `top` to before `bottom`. */
export interface CellRange {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * The largest rectangle of cells that are not 0, row by row as the largest one under the heights of columns.
 *
 * @param side how many cells a row of the grid has
 */
export function largestRectangle(cells: Uint8Array, side: number): CellRange {
  const heights = Array.from({ length: side }, () => 0)
  let best: CellRange = { left: 0, top: 0, right: 0, bottom: 0 }
  for (let row = 0; row < cells.length / side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      heights[column] = cells[row * side + column] === 0 ? 0 : (heights[column] ?? 0) + 1
    }
    const range = largestUnder(heights)
    const area = (range.right - range.left) * range.height
    if (area > (best.right - best.left) * (best.bottom - best.top)) {
      best = { left: range.left, right: range.right, top: row + 1 - range.height, bottom: row + 1 }
    }
  }
  return best
}

function largestUnder(heights: readonly number[]): { left: number; right: number; height: number } {
  let best = { left: 0, right: 0, height: 0 }
  for (const [left] of heights.entries()) {
    let height = Infinity
    for (let right = left; right < heights.length; right += 1) {
      height = Math.min(height, heights[right] ?? 0)
      if (height === 0) break
      if (height * (right + 1 - left) > best.height * (best.right - best.left))
        best = { left, right: right + 1, height }
    }
  }
  return best
}
