/** The rectangle around something, as a polygon in the order of GeoJSON: what searches of Pele take. */
export type Extent = [ring: [longitude: number, latitude: number][]]

/** West, south, east and north. */
export type Bounds = readonly [west: number, south: number, east: number, north: number]

/**
 * The bounds of everything in a GeoJSON document, of whatever kind: of all positions in its `coordinates`.
 *
 * @returns undefined when there is none
 */
export function boundsOf(document: unknown): Bounds | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return
    const [x, y] = value as unknown[]
    if (typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y)) {
      west = Math.min(west, x)
      east = Math.max(east, x)
      south = Math.min(south, y)
      north = Math.max(north, y)
    } else for (const inner of value) walk(inner)
  }
  for (const coordinates of coordinatesOf(document)) walk(coordinates)
  return west === Infinity ? undefined : [west, south, east, north]
}

function* coordinatesOf(document: unknown): Generator<unknown, void, undefined> {
  if (Array.isArray(document)) for (const inner of document) yield* coordinatesOf(inner)
  if (typeof document !== 'object' || document === null) return
  const { coordinates, geometry, geometries, features } = document as Readonly<Record<string, unknown>>
  yield coordinates
  for (const inner of [geometry, geometries, features]) yield* coordinatesOf(inner)
}

/** Bounds as a polygon, in the order of corners that `getPeleExtentFromOGRFile` of `pele_client` gives. */
export function extentFrom([west, south, east, north]: Bounds): Extent {
  return [
    [
      [west, south],
      [west, north],
      [east, north],
      [east, south],
      [west, south],
    ],
  ]
}
