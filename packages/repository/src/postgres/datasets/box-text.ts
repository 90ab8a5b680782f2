import type { Box } from '../../domain/datasets/geometry/shape.ts'

/** A box as PostgreSQL reads it. */
export function boxText({ west, south, east, north }: Box): string {
  return `(${east},${north}),(${west},${south})`
}

/** A box as PostgreSQL writes it. */
export function parseBox(text: string): Box {
  const [east = 0, north = 0, west = 0, south = 0] = (text.match(/-?[\d.]+(?:e[+-]?\d+)?/g) ?? []).map(Number)
  return { west, south, east, north }
}
