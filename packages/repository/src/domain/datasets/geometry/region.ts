import { coverOf, type Cover } from './cover.ts'
import type { Footprint } from './footprint.ts'
import { comparable, shapesMeet } from './shapes-meet.ts'
import { boxesMeet, boxOf, merged, shifted, type Box, type Shape } from './shape.ts'
import { tilesOf, type Tiles } from './tiles.ts'
import { AROUND } from './to-shape.ts'

/** A place to look for others in, as often around the globe as others may lie. */
export interface Region {
  readonly turns: readonly Turn[]
  /** Of all turns together. */
  readonly tiles: Tiles
  /** Whether a shape has a place in common with it. Exact. */
  readonly meets: (shape: Shape) => boolean
}

/** A region at one turn around the globe. */
export interface Turn extends Cover {
  readonly box: Box
}

/** All there is to compare with: see `toShape` for where shapes lie. */
const EVERYWHERE: Box = { west: -AROUND / 2, east: AROUND * 1.5, south: -Infinity, north: Infinity }

/** The region of a footprint. */
export function regionOf({ shape, box }: Pick<Footprint, 'shape' | 'box'>): Region {
  const cover = coverOf(shape)
  const turns = [0, AROUND, -AROUND]
    .map((by) => ({ by, box: moved(box, by) }))
    .filter((turn) => boxesMeet(turn.box, EVERYWHERE))
  const shapes = turns.map(({ by }) => shifted(shape, by))
  const comparables = shapes.map(comparable)
  return {
    turns: turns.map(({ by, box }) => ({
      box,
      outer: cover.outer.map((boxes) => boxes.map((one) => moved(one, by))),
      inner: cover.inner.map((one) => moved(one, by)),
    })),
    tiles: tilesOf(merged(shapes)),
    meets(other) {
      const box = boxOf(other)
      return comparables.some((one) => shapesMeet(one, { shape: other, box }))
    },
  }
}

function moved(box: Box, by: number): Box {
  return { ...box, west: box.west + by, east: box.east + by }
}
