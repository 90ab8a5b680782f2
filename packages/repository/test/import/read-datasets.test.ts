import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { samplePackageDirectory } from '../../src/import/datapackage/sample-package.ts'
import { readGeojson } from '../../src/import/geojson/read-geojson.ts'
import { readHysds } from '../../src/import/hysds/read-hysds.ts'
import { readAll, writeSource } from './source-files.ts'

const SQUARE = [
  [
    [170, 0],
    [-175, 0],
    [-175, 5],
    [170, 5],
    [170, 0],
  ],
]
const described = {
  version: 'v1.1',
  label: 'A frame',
  location: { type: 'polygon', coordinates: SQUARE },
  starttime: '2017-04-18T21:09:23.789',
  endtime: '2017-04-18T21:09:50.741',
}

describe('products of HySDS', () => {
  test('are datasets with their metadata, browse images and files', async () => {
    const source = await writeSource({
      'S1-A/S1-A.dataset.json': JSON.stringify(described),
      'S1-A/S1-A.met.json': JSON.stringify({ trackNumber: 124, dataset: 'S1-SLC' }),
      'S1-A/S1-A.browse.png': 'large',
      'S1-A/S1-A.browse_small.png': 'small',
      'S1-A/merged/data.vrt': 'data',
      'S1-A/.hidden': '',
      'S1-B/S1-B.dataset.json': JSON.stringify({ version: 'v1', dataset_type: 'aoi' }),
    })
    const { items, faults } = await readAll(readHysds(source, { dataset: 'AOI', type: 'acquisition' }))
    expect(faults).toEqual([])
    expect(items.map(({ key, dataset }) => [key, dataset?.document])).toEqual([
      [
        'S1-A',
        {
          ...described,
          id: 'S1-A',
          dataset: 'S1-SLC',
          dataset_type: 'acquisition',
          metadata: { trackNumber: 124, dataset: 'S1-SLC' },
        },
      ],
      ['S1-B', { version: 'v1', id: 'S1-B', dataset: 'AOI', dataset_type: 'aoi', metadata: {} }],
    ])
    const [first] = items
    expect(first?.files.map(({ bundle, name }) => `${bundle} ${name}`).toSorted()).toEqual([
      'BRANDED_PREVIEW S1-A.browse.png',
      'METADATA S1-A.dataset.json',
      'METADATA S1-A.met.json',
      'ORIGINAL merged/data.vrt',
      'THUMBNAIL S1-A.browse_small.png',
    ])
    expect(first?.metadata).toMatchObject({
      'dc.title': [{ value: 'A frame' }],
      'dcterms.temporal': [
        { value: 'start=2017-04-18T21:09:23.789Z; end=2017-04-18T21:09:50.741Z; scheme=W3C-DTF' },
      ],
      'dcterms.spatial': [{ value: 'westlimit=170; southlimit=0; eastlimit=-175; northlimit=5' }],
    })
  })

  test.each([
    ['no description', { 'A/a.txt': '' }, /no A\.dataset\.json/],
    ['no JSON', { 'A/A.dataset.json': '{' }, /no JSON/],
    ['no time', { 'A/A.dataset.json': '{"starttime": "soon"}' }, /starttime/],
    [
      'an end before the start',
      { 'A/A.dataset.json': '{"starttime": "2017", "endtime": "2016"}' },
      /ends before/,
    ],
    ['no footprint', { 'A/A.dataset.json': '{"location": {"type": "circle"}}' }, /circle/],
  ])('with %s are faults', async (_name, files, message) => {
    const { faults } = await readAll(readHysds(await writeSource(files)))
    expect(faults).toMatchObject([{ key: 'A', message: expect.stringMatching(message) as string }])
  })
})

describe('features of GeoJSON', () => {
  test('are datasets with their properties: the 1,707 earthquakes of a week', async () => {
    const source = join(samplePackageDirectory(), 'data', 'earthquakes.json')
    const { items, faults } = await readAll(
      readGeojson(source, { dataset: 'earthquakes', type: 'earthquake', start: 'time', label: 'title' }),
    )
    expect([items.length, faults]).toEqual([1707, []])
    expect(items[0]?.dataset?.document).toMatchObject({
      id: 'ci37868143',
      dataset: 'earthquakes',
      dataset_type: 'earthquake',
      label: 'M 2.0 - 4km W of Castaic, CA',
      starttime: '2018-02-07T01:26:13.840Z',
      endtime: '2018-02-07T01:26:13.840Z',
      location: { type: 'Point', coordinates: [-118.6671667, 34.4945, 26.49] },
      metadata: { mag: 2, magType: 'ml' },
    })
    expect(items[0]?.metadata['dcterms.spatial']).toMatchObject([
      { value: 'east=-118.6671667; north=34.4945' },
    ])
  })

  test('without an id, a time or a footprint are faults', async () => {
    const feature = (properties: object, geometry: unknown = null) => ({
      type: 'Feature',
      properties,
      geometry,
    })
    const features = [
      feature({ key: 'a', at: { first: '2001-05' } }),
      feature({}),
      feature({ key: 'c', at: { first: 'later' } }),
      feature({ key: 'd' }, { type: 'Point', coordinates: [0, 91] }),
      7,
    ]
    const source = await writeSource({ 'f.json': JSON.stringify({ type: 'FeatureCollection', features }) })
    const { items, faults } = await readAll(
      readGeojson(join(source, 'f.json'), { dataset: 'd', type: 't', id: 'key', start: 'at.first' }),
    )
    expect(items.map(({ key }) => key)).toEqual(['a'])
    expect(faults.map(({ key }) => key)).toEqual(['feature-2', 'c', 'd', 'feature-5'])
  })

  test.each(['[]', '{"type": "Topology"}', 'x'])('%s is no source', async (text) => {
    const source = await writeSource({ 'f.json': text })
    const read = readAll(readGeojson(join(source, 'f.json'), { dataset: 'd', type: 't' }))
    await expect(read).rejects.toMatchObject({ code: 'IMPORT_SOURCE_UNREADABLE' })
  })
})
