/** East and north, in whole billionths of a degree (a tenth of a millimetre): see `to-shape.ts`. */
export type Place = readonly [x: number, y: number]

/** A rectangle along the axes, with its border; a point or a line where sides meet. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** A closed line around something: its last place is its first. */
export type Ring = readonly Place[]

/** What a geometry covers in the plane of longitude and latitude, borders included. */
export interface Shape {
  readonly points: readonly Place[]
  readonly lines: readonly (readonly Place[])[]
  /** Each with its outer ring first and its holes behind. */
  readonly polygons: readonly (readonly Ring[])[]
}

/** The smallest box around places. */
export function boxAround(places: readonly Place[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of places) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return { west, south, east, north }
}

/** The smallest box around a shape. */
export function boxOf({ points, lines, polygons }: Shape): Box {
  const outers = polygons.map(([outer]) => outer ?? [])
  const [only] = outers
  // The most frequent shape by far, and looked at by the thousand.
  if (only !== undefined && outers.length === 1 && points.length + lines.length === 0) return boxAround(only)
  return boxAround([...points, ...lines.flat(), ...outers.flat()])
}

/** Whether boxes have a place in common. */
export function boxesMeet(one: Box, other: Box): boolean {
  return (
    one.west <= other.east && other.west <= one.east && one.south <= other.north && other.south <= one.north
  )
}

/** A shape farther to the east. */
export function shifted({ points, lines, polygons }: Shape, by: number): Shape {
  const move = ([x, y]: Place): Place => [x + by, y]
  return {
    points: points.map(move),
    lines: lines.map((line) => line.map(move)),
    polygons: polygons.map((rings) => rings.map((ring) => ring.map(move))),
  }
}

/** Several shapes as one. */
export function merged(parts: readonly Shape[]): Shape {
  return {
    points: parts.flatMap(({ points }) => points),
    lines: parts.flatMap(({ lines }) => lines),
    polygons: parts.flatMap(({ polygons }) => polygons),
  }
}

/** A box as a shape: a polygon, a line or a point. */
export function shapeOfBox({ west, south, east, north }: Box): Shape {
  const nothing: Shape = { points: [], lines: [], polygons: [] }
  const [first, last]: readonly [Place, Place] = [
    [west, south],
    [east, north],
  ]
  if (west === east && south === north) return { ...nothing, points: [first] }
  if (west === east || south === north) return { ...nothing, lines: [[first, last]] }
  return { ...nothing, polygons: [[[first, [east, south], last, [west, north], first]]] }
}
