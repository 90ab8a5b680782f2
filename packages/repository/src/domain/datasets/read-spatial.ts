import { wktToGeoJSON } from 'betterknown'
import { DomainError } from '../errors.ts'
import { dcmiComponents } from './dcmi-components.ts'
import { footprintOf } from './geometry/footprint.ts'
import { parseGeometry, type Geometry } from './geometry/geojson.ts'

/**
 * Reads a value of `dcterms.spatial`: a DCMI Box or Point, WKT, or GeoJSON.
 *
 * @returns undefined for anything else, names of places above all, and for what is no valid geometry
 * @example
 * readSpatial('westlimit=-10; southlimit=50; eastlimit=2; northlimit=61; name=Great Britain')
 * readSpatial('POLYGON ((0 0, 4 0, 0 3, 0 0))')
 */
export function readSpatial(text: string): Geometry | undefined {
  try {
    const value = geometryIn(text)
    // Only what can be compared with others is a footprint.
    return value === undefined || value === null ? undefined : footprintOf(parseGeometry(value)).geometry
  } catch (error) {
    if (error instanceof DomainError && error.code === 'INVALID') return undefined
    throw error
  }
}

const WKT = /^\s*(?:SRID\s*=\s*4326\s*;\s*)?(?:MULTI)?(?:POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\b/i

/** What is written, as GeoJSON that may be any. */
function geometryIn(text: string): unknown {
  if (text.trimStart().startsWith('{')) return unlessFaulty(() => JSON.parse(text))
  if (WKT.test(text)) return unlessFaulty(() => wktToGeoJSON(text))
  const components = dcmiComponents(text)
  return boxIn(components) ?? pointIn(components)
}

function unlessFaulty(parse: () => unknown): unknown {
  try {
    return parse()
  } catch {
    return undefined
  }
}

type Components = ReadonlyMap<string, string>

/** DCMI Box. A western limit east of the eastern one is across the antimeridian. */
function boxIn(components: Components): Geometry | undefined {
  const [west, south, east, north] = ['westlimit', 'southlimit', 'eastlimit', 'northlimit'].map((name) =>
    degrees(components, name),
  )
  if (west === undefined || south === undefined || east === undefined || north === undefined) return undefined
  return boxGeometry(west, south, east < west ? east + 360 : east, north)
}

/** A rectangle, or the line or the point that is left of it. */
function boxGeometry(west: number, south: number, east: number, north: number): Geometry {
  if (west === east && south === north) return { type: 'Point', coordinates: [west, south] }
  if (west === east || south === north) {
    return {
      type: 'LineString',
      // By its middle: a step of more than half the globe would be taken the other way around.
      coordinates: [
        [west, south],
        [(west + east) / 2, (south + north) / 2],
        [east, north],
      ],
    }
  }
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const
  return { type: 'Polygon', coordinates: [ring] }
}

/** DCMI Point. */
function pointIn(components: Components): Geometry | undefined {
  const [east, north] = [degrees(components, 'east'), degrees(components, 'north')]
  return east === undefined || north === undefined ? undefined : { type: 'Point', coordinates: [east, north] }
}

/** Other units than degrees, and coordinates of maps, say nothing here. */
function degrees(components: Components, name: string): number | undefined {
  const text = components.get(name)
  const units = components.get('units') ?? 'signed decimal degrees'
  if (text === undefined || !/^[+-]?\d+(?:\.\d*)?$/.test(text) || !/decimal degrees/i.test(units))
    return undefined
  return Number(text)
}
