import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extentOf } from '../../src/node.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'extent-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function extentOfFile(name: string, content: string | Uint8Array) {
  const path = join(directory, name)
  await writeFile(path, content)
  return extentOf(path)
}

/** In the order of the original. */
const rectangle = [
  [
    [-75, -9.5],
    [-75, -7],
    [-73.25, -7],
    [-73.25, -9.5],
    [-75, -9.5],
  ],
]
const line = {
  type: 'LineString',
  coordinates: [
    [-75, -7],
    [-73.25, -9.5, 200],
  ],
}
const feature = { type: 'Feature', properties: {}, geometry: line }

const kml = `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
  <Placemark><Point><coordinates>-75,-7,0</coordinates></Point></Placemark></Folder>
  <Placemark><LineString><coordinates>-74,-8 -73.25,-9.5</coordinates></LineString></Placemark>
</Document></kml>`
const gpx = `<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
  <wpt lat="-7" lon="-75"/><trk><trkseg><trkpt lat="-9.5" lon="-73.25"/><trkpt lat="-8" lon="-74"/></trkseg></trk></gpx>`

describe('the extent of', () => {
  test.each([
    ['a.geojson', JSON.stringify(line)],
    ['b.json', `\uFEFF ${JSON.stringify(feature)}`],
    [
      'c.geojson',
      JSON.stringify({ type: 'FeatureCollection', features: [feature, { ...feature, geometry: null }] }),
    ],
    ['d.geojson', JSON.stringify({ type: 'GeometryCollection', geometries: [line] })],
    ['a.wkt', 'LINESTRING (-75 -7, -73.25 -9.5)'],
    ['b.wkt', 'SRID=4326;POLYGON ((-75 -7, -73.25 -7, -73.25 -9.5, -75 -9.5, -75 -7))'],
    ['c.txt', 'POINT (-75 -7)\nPOINT (-73.25 -9.5)\n'],
    ['a.kml', kml],
    ['a.gpx', gpx],
    [
      'a.shp',
      shapefile([
        [-75, -7],
        [-73.25, -9.5],
      ]),
    ],
  ])('%s', async (name, content) => {
    expect(await extentOfFile(name, content)).toEqual(rectangle)
  })

  test('a Shapefile of another projection is in degrees', async () => {
    const mercator =
      'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",' +
      'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],' +
      'PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],' +
      'PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],' +
      'UNIT["Meter",1.0]]'
    await writeFile(join(directory, 'projected.prj'), mercator)
    const [ring] = await extentOfFile(
      'projected.shp',
      shapefile([
        [0, 0],
        [1_113_194.9079327357, 1_118_889.9748579597],
      ]),
    )
    expect(ring?.[2]?.[0]).toBeCloseTo(10, 6)
    expect(ring?.[2]?.[1]).toBeCloseTo(10, 6)
  })
})

test.each([
  ['empty.geojson', '{"type":"FeatureCollection","features":[]}'],
  ['broken.geojson', '{"type":'],
  ['other.xml', '<html/>'],
  ['broken.kml', '<kml><Document>'],
  ['words.txt', 'nothing that is known'],
  ['empty.wkt', ''],
  ['broken.shp', 'no shapes'],
])('%s is refused', async (name, content) => {
  await expect(extentOfFile(name, content)).rejects.toMatchObject({ code: 'file_unsupported' })
})

test('a file that is not there', async () => {
  await expect(extentOf(join(directory, 'nothing.kml'))).rejects.toMatchObject({ code: 'ENOENT' })
})

/** A Shapefile of points (ESRI Shapefile Technical Description, "Main File Header", "Point"). */
function shapefile(points: readonly (readonly [number, number])[]): Uint8Array {
  const record = 28
  const file = Buffer.alloc(100 + points.length * record)
  file.writeInt32BE(9994, 0)
  file.writeInt32BE(file.length / 2, 24)
  file.writeInt32LE(1000, 28)
  file.writeInt32LE(1, 32)
  for (const [index, [x, y]] of points.entries()) {
    const start = 100 + index * record
    file.writeInt32BE(index + 1, start)
    file.writeInt32BE(10, start + 4)
    file.writeInt32LE(1, start + 8)
    file.writeDoubleLE(x, start + 12)
    file.writeDoubleLE(y, start + 20)
  }
  return file
}
