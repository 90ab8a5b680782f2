import { shapeOfBox, type Place, type Shape } from '../../domain/datasets/geometry/shape.ts'

/**
 * A shape as queries send it by the thousand: a box as its east, north, west and south, a ring as what is east and north of
 * each of its places in turn (`dataset_outline` in the migrations), any other as it is.
 */
export type Outline = readonly number[] | Shape

/** The shape of an outline. */
export function readOutline(outline: Outline): Shape {
  if (!isList(outline)) return outline
  if (outline.length === 4) {
    const [east = 0, north = 0, west = 0, south = 0] = outline
    return shapeOfBox({ west, south, east, north })
  }
  const ring: Place[] = []
  for (let at = 0; at < outline.length; at += 2) ring.push([outline[at] ?? 0, outline[at + 1] ?? 0])
  return { points: [], lines: [], polygons: [[ring]] }
}

function isList(outline: Outline): outline is readonly number[] {
  return Array.isArray(outline)
}
