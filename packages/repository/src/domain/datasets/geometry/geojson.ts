import { invalid } from '../../errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../patch/json-value.ts'

/** Longitude, latitude, in degrees; a height behind them is left out. */
export type Position = readonly [longitude: number, latitude: number]

/** A geometry of GeoJSON (RFC 7946 section 3.1). */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'MultiPoint' | 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] }

/** Once around the globe to either side of it: what shapes across the antimeridian are written with. */
const FARTHEST = 540
/** Deeper than any collection that means something. */
const DEEPEST = 8

/**
 * Reads a geometry of GeoJSON, or of a Feature or FeatureCollection. Types are read without regard to case, as
 * Elasticsearch does, hence as HySDS writes them.
 *
 * @throws DomainError `INVALID` with the reason
 */
export function parseGeometry(value: unknown, depth = 0): Geometry {
  if (!isJsonObject(value)) throw invalid('a geometry must be an object of GeoJSON')
  if (depth > DEEPEST) throw invalid('geometries lie too deep in each other')
  const type = typeof value['type'] === 'string' ? value['type'].toLowerCase() : ''
  if (type === 'feature') return parseGeometry(value['geometry'], depth + 1)
  if (type === 'featurecollection') return collection(value, 'features', depth)
  if (type === 'geometrycollection') return collection(value, 'geometries', depth)
  const coordinates = value['coordinates'] ?? null
  switch (type) {
    case 'point':
      return { type: 'Point', coordinates: position(coordinates) }
    case 'multipoint':
      return { type: 'MultiPoint', coordinates: list(position)(coordinates) }
    case 'linestring':
      return { type: 'LineString', coordinates: list(position)(coordinates) }
    case 'multilinestring':
      return { type: 'MultiLineString', coordinates: list(list(position))(coordinates) }
    case 'polygon':
      return { type: 'Polygon', coordinates: list(list(position))(coordinates) }
    case 'multipolygon':
      return { type: 'MultiPolygon', coordinates: list(list(list(position)))(coordinates) }
    default:
      throw invalid(`no geometry of GeoJSON has the type ${JSON.stringify(value['type'] ?? null)}`)
  }
}

function collection(value: JsonObject, member: string, depth: number): Geometry {
  const parts = value[member]
  if (parts === undefined || !isJsonArray(parts)) throw invalid(`${member} must be a list`)
  return { type: 'GeometryCollection', geometries: parts.map((part) => parseGeometry(part, depth + 1)) }
}

function position(value: JsonValue): Position {
  const [longitude, latitude] = isJsonArray(value) ? value : []
  if (typeof longitude !== 'number' || typeof latitude !== 'number') {
    throw invalid(`a position must be [longitude, latitude], not ${excerpt(value)}`)
  }
  if (!(Math.abs(longitude) <= FARTHEST)) throw invalid(`no place has the longitude ${longitude}`)
  if (!(Math.abs(latitude) <= 90)) throw invalid(`no place has the latitude ${latitude}`)
  return [longitude, latitude]
}

function list<T>(parse: (value: JsonValue) => T): (value: JsonValue) => readonly T[] {
  return (value) => {
    if (!isJsonArray(value) || value.length === 0) {
      throw invalid(`coordinates must be a list with something in it, not ${excerpt(value)}`)
    }
    return value.map(parse)
  }
}

function excerpt(value: JsonValue): string {
  const text = JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}
