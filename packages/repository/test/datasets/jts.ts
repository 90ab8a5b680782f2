import GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js'
import GeoJSONReader from 'jsts/org/locationtech/jts/io/GeoJSONReader.js'
import RelateOp from 'jsts/org/locationtech/jts/operation/relate/RelateOp.js'
import IsValidOp from 'jsts/org/locationtech/jts/operation/valid/IsValidOp.js'
import type { Geometry } from '../../src/domain/datasets/geometry/geojson.ts'

/** A part of a geometry, with the box around it. */
interface Part {
  getEnvelopeInternal(): { intersects(other: unknown): boolean }
}

/** Geometries of JTS, whose answers are what ours are compared with: the parts, which JTS wants not to overlap. */
export type JtsGeometry = readonly Part[]

const reader = new GeoJSONReader(new GeometryFactory())

export function toJts(geometry: Geometry): JtsGeometry {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(toJts)
  if (!geometry.type.startsWith('Multi')) return [reader.read(geometry) as Part]
  const type = geometry.type.slice('Multi'.length)
  return geometry.coordinates.map((coordinates) => reader.read({ type, coordinates }) as Part)
}

export function isValid(geometry: Geometry): boolean {
  return toJts(geometry).every((part) => IsValidOp.isValid(part))
}

export function intersects(some: JtsGeometry, others: JtsGeometry): boolean {
  return some.some((one) => others.some((other) => partsIntersect(one, other)))
}

function partsIntersect(one: Part, other: Part): boolean {
  // JTS would say the same, after it has made graphs of both.
  if (!one.getEnvelopeInternal().intersects(other.getEnvelopeInternal())) return false
  return RelateOp.intersects(one, other) as boolean
}
