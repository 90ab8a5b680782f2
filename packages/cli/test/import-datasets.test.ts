import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DSpaceSession } from '@hexapla/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, makePlace, type Place, type ServeProcess } from './hexapla-process.ts'
import { writeFiles } from './saf-source.ts'

const SQUARE = [
  [
    [10, 50],
    [12, 50],
    [11, 52],
    [10, 50],
  ],
]

describe('import of datasets', { timeout: 180_000 }, () => {
  let place: Place
  let server: ServeProcess
  let session: DSpaceSession
  let collection: string
  beforeAll(async () => {
    place = await makePlace()
    server = await place.serve({ HEXAPLA_PELE_AUTH: 'off' })
    session = new DSpaceSession(`${server.url}/server`, ADMINISTRATOR)
    const community = await create('core/communities', 'A community')
    collection = await create(`core/collections?parent=${community}`, 'A collection')
  })
  afterAll(() => place.remove())

  const create = async (path: string, title: string): Promise<string> => {
    const json = { metadata: { 'dc.title': [{ value: title }] } }
    const made = await session.post(`/api/${path}`, { json })
    return ((await made.json()) as { uuid: string }).uuid
  }
  const ask = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }
    const answer = await fetch(`${server.url}/pele/api/v0.1/pele/${path}`, body && init)
    return (await answer.json()) as Record<string, unknown>
  }

  it('hysds: products are datasets here, and items with files there', async () => {
    const source = join(place.directory, 'products')
    const description = {
      version: 'v2.0',
      label: 'Frame 7',
      location: { type: 'polygon', coordinates: SQUARE },
      starttime: '2017-04-18T21:09:23',
      endtime: '2017-04-18T21:09:50',
    }
    await writeFiles(source, {
      'S1-7/S1-7.dataset.json': JSON.stringify(description),
      'S1-7/S1-7.met.json': JSON.stringify({ trackNumber: 7 }),
      'S1-7/S1-7.browse.png': 'large',
      'S1-7/S1-7.browse_small.png': 'small',
      'S1-7/S1-7.tiff': 'data',
      'S1-8/S1-8.dataset.json': '{"starttime": "soon"}',
    })
    const options = ['--dataset', 'S1-SLC', '--type', 'acquisition', '--collection', collection]
    const dry = await place.json(['import', 'hysds', source, ...options, '--dry-run'], 6)
    expect(dry.at(-1)).toMatchObject({ summary: { valid: 1, faulty: 1 } })
    const rows = await place.json(['import', 'hysds', source, ...options], 6)
    expect(rows).toMatchObject([
      { status: 'imported', key: 'S1-7' },
      { status: 'faulty', key: 'S1-8', file: 'S1-8/S1-8.dataset.json' },
      { summary: { imported: 1, faulty: 1 } },
    ])
    // Anew by another name, it is there already.
    const again = await place.json(
      ['import', 'hysds', source, ...options, '--name', 'again', '--map', `${source}.2.map`],
      6,
    )
    expect(again[0]).toMatchObject({ status: 'faulty', message: 'there is a dataset S1-7 already' })

    const polygon = [
      [
        [11, 51],
        [20, 51],
        [20, 60],
        [11, 51],
      ],
    ]
    expect(await ask('dataset/S1-SLC/dataset_ids', { polygon })).toMatchObject({
      dataset_ids: ['S1-7'],
      total: 1,
    })
    const { result } = await ask('dataset/S1-7')
    expect(result).toMatchObject({
      ...description,
      id: 'S1-7',
      dataset: 'S1-SLC',
      dataset_type: 'acquisition',
      temporal_span: 0,
      metadata: { trackNumber: 7 },
      images: [{ tooltip: 'S1-7.browse.png' }],
    })
    const { urls, images } = result as { urls: string[]; images: { img: string; small_img: string }[] }
    const contents = await Promise.all(
      [urls[0], images[0]?.img, images[0]?.small_img].map(async (url) => (await fetch(url ?? '')).text()),
    )
    expect(contents).toEqual(['data', 'large', 'small'])
    const uuid = String(rows[0]?.['uuid'])
    const item = await session.getJson<Record<string, unknown>>(`/api/core/items/${uuid}`)
    expect(item).toMatchObject({ name: 'Frame 7', metadata: { 'dc.identifier': [{ value: 'S1-7' }] } })

    // What is told in another dialect from then on counts, and nothing else.
    const replace = (field: string, value: string) =>
      session.patch(`/api/core/items/${uuid}`, {
        json: [{ op: 'replace', path: `/metadata/${field}/0/value`, value }],
      })
    await replace('dcterms.temporal', '2018-01-01/2018-01-02')
    expect(await ask('dataset/S1-7')).toMatchObject({
      result: { starttime: '2018-01-01T00:00:00.000Z', location: description.location },
    })
    expect(await ask('dataset/S1-SLC/dataset_ids', { polygon })).toMatchObject({ total: 1 })
    await replace('dcterms.spatial', 'POINT (-70 -30)')
    expect(await ask('dataset/S1-SLC/dataset_ids', { polygon })).toMatchObject({ total: 0 })
    expect(await ask('dataset/S1-7')).toMatchObject({
      result: { starttime: '2018-01-01T00:00:00.000Z', location: { type: 'Point', coordinates: [-70, -30] } },
    })
  })

  it('geojson: features are datasets by the properties that the options name, and a resumed import brings the rest', async () => {
    const file = join(place.directory, 'quakes.json')
    const feature = (code: string, time: number) => ({
      type: 'Feature',
      properties: { code, when: { first: time }, mag: 4 },
      geometry: { type: 'Point', coordinates: [170, -40] },
    })
    const write = (features: readonly object[]) =>
      writeFile(file, JSON.stringify({ type: 'FeatureCollection', features }))
    await write([feature('a', 1e12), feature('b', 2e12)])
    const command = [
      'import',
      'geojson',
      file,
      '--dataset',
      'quakes',
      '--type',
      'event',
      '--collection',
      collection,
    ]
    const properties = ['--id', 'code', '--start', 'when.first', '--label', 'code']
    expect((await place.json([...command, ...properties])).at(-1)).toMatchObject({ summary: { imported: 2 } })
    await write([feature('a', 1e12), feature('b', 2e12), feature('c', 3e12)])
    const resumed = await place.json([...command, ...properties, '--resume'])
    expect(resumed.at(-1)).toMatchObject({ summary: { imported: 1, skipped: 2 } })
    const found = await ask('type/event/dataset/quakes/id,starttime,metadata.mag', { end_time: 25e11 })
    expect(found['results']).toEqual([
      { id: 'b', starttime: new Date(2e12).toISOString(), metadata: { mag: 4 } },
      { id: 'a', starttime: new Date(1e12).toISOString(), metadata: { mag: 4 } },
    ])
    expect((await place.run(['import', 'geojson', file])).code).toBe(2)
  })
})
