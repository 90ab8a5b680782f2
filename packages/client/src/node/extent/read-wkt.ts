import { wktToGeoJSON } from 'betterknown'
import { ClientError } from '../../errors.ts'

/**
 * Reads well-known text, or its extended form with an SRID: a geometry, or several, a line each.
 *
 * @throws {ClientError} `file_unsupported`
 */
export function readWkt(text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const geometries = lines.map((line) => wktToGeoJSON(line.trim()))
  // One geometry may have several lines.
  const read = geometries.includes(null) ? wktToGeoJSON(text) : geometries
  if (read !== null) return read
  throw new ClientError('file_unsupported', 'This is neither GeoJSON, KML, GPX nor well-known text')
}
