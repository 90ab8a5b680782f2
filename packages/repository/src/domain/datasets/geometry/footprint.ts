import type { Geometry } from './geojson.ts'
import { boxOf, type Box, type Shape } from './shape.ts'
import { segmentsOf } from './segments.ts'
import { toShape } from './to-shape.ts'

/**
 * How a shape lies in its box: it is the box (`box`: a rectangle along the axes, a point, a line along an axis), it is in
 * one piece (`connected`), or in several (`scattered`).
 */
export type Form = 'box' | 'connected' | 'scattered'

/** Where something is: as it was told, and as it is compared. */
export interface Footprint {
  readonly geometry: Geometry
  readonly shape: Shape
  readonly box: Box
  readonly form: Form
}

/**
 * The footprint of a geometry.
 *
 * @throws DomainError `INVALID` with the reason
 */
export function footprintOf(geometry: Geometry): Footprint {
  const shape = toShape(geometry)
  return { geometry, shape, box: boxOf(shape), form: formOf(shape) }
}

/** See {@link Form}. */
function formOf(shape: Shape): Form {
  const { points, lines, polygons } = shape
  if (points.length + lines.length + polygons.length > 1) return 'scattered'
  const segments = segmentsOf(shape)
  const isAlongAxes = segments.every(({ box }) => box.west === box.east || box.south === box.north)
  const { west, south, east, north } = boxOf(shape)
  const isFlat = west === east || south === north
  const isRectangle = polygons[0]?.length === 1 && segments.length === 4
  return isAlongAxes && (isFlat || isRectangle) ? 'box' : 'connected'
}
