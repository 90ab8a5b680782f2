import { describe, expect, test } from 'vitest'
import { footprintOf } from './geometry/footprint.ts'
import { readSpatial } from './read-spatial.ts'

/** West, south, east, north. */
function bounds(text: string): readonly number[] | undefined {
  const geometry = readSpatial(text)
  if (geometry === undefined) return undefined
  const { west, south, east, north } = footprintOf(geometry).box
  return [west, south, east, north].map((place) => place / 1e9)
}

describe('dcterms.spatial', () => {
  test.each([
    ['westlimit=-10.5; southlimit=50; eastlimit=2; northlimit=61; name=Britain', [-10.5, 50, 2, 61]],
    [
      'name=Fiji; eastlimit=-178; westlimit=177; northlimit=-12.5; southlimit=-19.2',
      [177, -19.2, 182, -12.5],
    ],
    ['westlimit=-170; southlimit=0; eastlimit=170; northlimit=0', [-170, 0, 170, 0]],
    ['westlimit=-180; southlimit=-90; eastlimit=180; northlimit=90', [-180, -90, 180, 90]],
    ['east=148.26218; north=-36.45746; name=Mt. Kosciusko', [148.26218, -36.45746, 148.26218, -36.45746]],
    ['POINT (180 10)', [-180, 10, -180, 10]],
    ['SRID=4326;polygon((0 0,4 0,0 3,0 0))', [0, 0, 4, 3]],
    ['LINESTRING Z (170 0 5, -170 10 5)', [170, 0, 190, 10]],
    [
      'MULTIPOLYGON(((175 0,180 0,180 5,175 5,175 0)),((-180 0,-170 0,-170 5,-180 5,-180 0)))',
      [175, 0, 190, 5],
    ],
    ['{"type":"Point","coordinates":[9.5,54.25,12]}', [9.5, 54.25, 9.5, 54.25]],
    [
      '{"type":"Feature","properties":{},"geometry":{"type":"polygon","coordinates":[[[170,-10],[-170,-10],[-170,10],[170,10],[170,-10]]]}}',
      [170, -10, 190, 10],
    ],
    [
      '{"type":"Polygon","coordinates":[[[-170,-10],[170,-10],[170,10],[-170,10],[-170,-10]]]}',
      [-170, -10, 170, 10],
    ],
  ])('%s', (text, expected) => {
    expect(bounds(text)).toEqual(expected)
  })

  test.each([
    'Great Britain',
    'POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))',
    'POINT (10 91)',
    'POINT EMPTY',
    'POINT (a b)',
    '{"type":"Point","coordinates":["9",54]}',
    '{"type":"Point"',
    '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}',
    '{"type":"Polygon","coordinates":[[[0,0],[1,1],[2,2],[0,0]]]}',
    '{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[20,20],[21,20],[21,21],[20,20]]]}',
    'westlimit=1; southlimit=2; eastlimit=3',
    'westlimit=412000; southlimit=500000; eastlimit=413000; northlimit=501000; units=m',
    'east=10; north=95',
  ])('nothing of %s', (text) => {
    expect(readSpatial(text)).toBeUndefined()
  })
})
