import type { Geometry, Position } from '../../src/domain/datasets/geometry/geojson.ts'
import type { Chance } from '../_support/random.ts'
import { isValid } from './jts.ts'

/** A geometry as it is sent, and as it lies in the plane: without jumps at the antimeridian. */
export interface Placed {
  readonly sent: Geometry
  readonly planar: Geometry
}

/** Coordinates that are the same in binary and with nine decimals, so that turning around the globe rounds nothing. */
const STEPS = [1 / 512, 0.125, 1, 5] as const

/**
 * A random geometry of any kind. Many touch each other, since many corners lie on the same few lines.
 *
 * @param size degrees across, the most
 */
export function randomGeometry(luck: Chance, size: number): Placed {
  const step = stepFor(luck, size)
  const kind = luck.integer(10)
  if (kind === 0) return placed(luck, { type: 'Point', coordinates: corner(luck, step) })
  if (kind === 1) return placed(luck, { type: 'LineString', coordinates: walk(luck, { size, step }) })
  if (kind === 2) {
    const parts = [walk(luck, { size, step }), walk(luck, { size, step })]
    // On one side of the globe: what is farther apart may be put together the other way around.
    return {
      sent: { type: 'MultiLineString', coordinates: parts },
      planar: { type: 'MultiLineString', coordinates: parts },
    }
  }
  if (kind <= 5) return placed(luck, { type: 'Polygon', coordinates: [box(luck, { size, step })] })
  const polygon = star(luck, { size, step })
  if (kind === 6) {
    const other = star(luck, { size, step })
    return {
      sent: { type: 'MultiPolygon', coordinates: [polygon, other] },
      planar: { type: 'MultiPolygon', coordinates: [polygon, other] },
    }
  }
  return placed(luck, { type: 'Polygon', coordinates: polygon })
}

/** Fine enough for shapes of a size not to fall together. */
function stepFor(luck: Chance, size: number): number {
  return luck.of(STEPS.filter((step) => step <= size / 8))
}

/** A random polygon to ask with. */
export function randomPolygon(luck: Chance, size: number): Placed {
  const step = stepFor(luck, size)
  const rings = luck.happens(0.5) ? [box(luck, { size, step })] : star(luck, { size, step })
  return placed(luck, { type: 'Polygon', coordinates: rings })
}

/** Sometimes as it is, beyond 180 degrees too; sometimes with all longitudes between -180 and 180. */
function placed(luck: Chance, planar: Geometry): Placed {
  return { planar, sent: luck.happens(0.5) ? planar : wrapped(planar) }
}

function wrapped(geometry: Geometry): Geometry {
  const wrap = ([x, y]: Position): Position => [x > 180 ? x - 360 : x, y]
  if (geometry.type === 'Point') return { ...geometry, coordinates: wrap(geometry.coordinates) }
  if (geometry.type === 'LineString') return { ...geometry, coordinates: geometry.coordinates.map(wrap) }
  if (geometry.type !== 'Polygon') return geometry
  const [outer = []] = geometry.coordinates
  const [west, east] = [Math.min(...outer.map(([x]) => x)), Math.max(...outer.map(([x]) => x))]
  if (east - west >= 180) return geometry
  // What lies beyond as a whole is moved as a whole; else the ring jumps, and turns the other way by that.
  const isBeyond = outer.every(([x]) => x >= 180)
  const rings = geometry.coordinates.map((ring) =>
    ring.map((p): Position => (isBeyond ? [p[0] - 360, p[1]] : wrap(p))),
  )
  const jumping: Geometry = { ...geometry, coordinates: rings }
  // A jumping triangle may be another polygon as it stands: then it means that one, as in Elasticsearch.
  const isAmbiguous = !isBeyond && east > 180 && isValid(jumping) && areaOf(rings[0] ?? []) > 0
  return isAmbiguous ? geometry : jumping
}

/** Twice the area of a ring; negative where it is clockwise. */
function areaOf(ring: readonly Position[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [fromX, fromY] = ring[index - 1] ?? [x, y]
    return sum + fromX * y - x * fromY
  }, 0)
}

interface Extent {
  readonly size: number
  readonly step: number
}

function corner(luck: Chance, step: number): Position {
  return [grid(-180 + luck.integer(360 * 8) / 8, step), grid(-60 + luck.integer(120 * 8) / 8, step)]
}

function grid(value: number, step: number): number {
  return Math.round(value / step) * step
}

function box(luck: Chance, { size, step }: Extent): readonly Position[] {
  const [west, south] = corner(luck, step)
  const [east, north] = [
    west + Math.max(step, grid((luck.integer(1000) * size) / 1000, step)),
    south + Math.max(step, grid((luck.integer(1000) * Math.min(size, 50)) / 2000, step)),
  ]
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

function walk(luck: Chance, { size, step }: Extent): readonly Position[] {
  const [x, y] = corner(luck, step)
  // A line without a length is none for JTS, and a point for us.
  const line: Position[] = [
    [x, y],
    [x + step, y],
  ]
  for (let index = 0; index <= luck.integer(4); index += 1) {
    const next: Position = [
      x + grid((luck.integer(1000) * Math.min(size, 170)) / 1000, step),
      y + grid(((luck.integer(1000) - 500) * Math.min(size, 40)) / 1000, step),
    ]
    line.push(next)
  }
  return line
}

/** A polygon around a middle, counterclockwise, sometimes with a hole. */
function star(luck: Chance, extent: Extent): readonly (readonly Position[])[] {
  for (;;) {
    const centre = corner(luck, extent.step)
    const outer = ringAround(luck, centre, extent)
    const hole = ringAround(luck, centre, { ...extent, size: extent.size * 0.3 })
    const rings = luck.happens(0.3) ? [outer, hole.toReversed()] : [outer]
    const west = Math.min(...outer.map(([x]) => x))
    const coordinates =
      west < -180 ? rings.map((ring) => ring.map(([x, y]): Position => [x + 360, y])) : rings
    if (isValid({ type: 'Polygon', coordinates })) return coordinates
  }
}

function ringAround(luck: Chance, [x, y]: Position, { size, step }: Extent): readonly Position[] {
  const count = 3 + luck.integer(7)
  const ring = Array.from({ length: count }, (_, index): Position => {
    const angle = ((index + luck.integer(100) / 200) / count) * 2 * Math.PI
    const radius = (size / 2) * (0.3 + luck.integer(100) / 150)
    return [grid(x + Math.cos(angle) * radius, step), grid(y + Math.sin(angle) * Math.min(radius, 25), step)]
  })
  return [...ring, ring[0] ?? [x, y]]
}
