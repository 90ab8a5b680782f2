import { metadataValue, SYSTEM_ACTOR, type Metadata } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import { administratorClient } from '../islandora/islandora-client.ts'
import { call, tokenOf, type Answer } from './pele-client.ts'

let server: TestServer
let token: string
let collectionId: string
/** A person without any rights but everybody's. */
let visitor: string

beforeAll(async () => {
  server = await startTestServer({ HEXAPLA_PELE_RATE_LIMITS: 'off' })
  token = await tokenOf(server)
  const account = { email: 'reader@example.org', password: 'a long enough passphrase' }
  await createPerson(server.session(), account)
  visitor = await tokenOf(server, account)
  collectionId = (await buildersFor(server.repository).collection('Tide gauges')).id
})
afterAll(() => server.stop())

/** Asks as the visitor, or with another token. */
function ask(path: string, { as = visitor, body }: { as?: string; body?: unknown } = {}): Promise<Answer> {
  const headers = { 'x-api-key': as, ...(body !== undefined && { 'content-type': 'application/json' }) }
  return call(server, `/pele/api/v0.1/pele${path}`, {
    headers,
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  })
}

function deposit(
  title: string,
  {
    temporal,
    spatial,
    ...more
  }: { temporal?: string; spatial?: string; [field: string]: string | undefined },
) {
  const fields = { 'dcterms.temporal': temporal, 'dcterms.spatial': spatial, ...more }
  const metadata: Metadata = Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, [metadataValue(value)]]],
    ),
  )
  return buildersFor(server.repository).item(title, collectionId, metadata)
}

const around = (west: number, south: number, east: number, north: number) => [
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ],
]

const found = async (path: string, options?: Parameters<typeof ask>[1]): Promise<unknown> =>
  (await ask(path, options)).json?.['dataset_ids']

describe('what is deposited in another dialect', () => {
  test('a span and a box given to DSpace are found by a polygon and a time in the next request', async () => {
    const session = server.session()
    const created = await session.post(`${server.api}/core/items?owningCollection=${collectionId}`, {
      json: {
        name: 'Gauge of Cuxhaven',
        metadata: {
          'dc.title': [{ value: 'Gauge of Cuxhaven' }],
          'dc.type': [{ value: 'Tide gauge' }],
          'dcterms.temporal': [{ value: 'start=2017-04-18T21:09:23Z; end=2017-04-18T21:09:50Z' }],
          'dcterms.spatial': [{ value: 'westlimit=8; southlimit=53; eastlimit=9; northlimit=54' }],
        },
        inArchive: true,
        discoverable: true,
        withdrawn: false,
        type: 'item',
      },
    })
    const { uuid } = (await created.json()) as { uuid: string }
    const polygon = around(8.5, 53.5, 12, 60)
    const body = { polygon, start_time: '2017-04-18T21:09:23', end_time: '2017-04-18T21:09:50.001Z' }
    expect(await found('/dataset/Tide%20gauges/dataset_ids', { body })).toEqual([uuid])
    const query = new URLSearchParams({ polygon: JSON.stringify(polygon) })
    expect(await found(`/type/Tide%20gauge/dataset_ids?${query}`)).toEqual([uuid])
    expect(
      await found('/type/Tide%20gauge/dataset_ids', { body: { polygon: around(9.5, 53.5, 12, 60) } }),
    ).toEqual([])

    const whole = await ask(`/dataset/${uuid}`)
    expect(whole.json).toEqual({
      success: true,
      message: null,
      result: {
        id: uuid,
        objectid: uuid,
        label: 'Gauge of Cuxhaven',
        dataset: 'Tide gauges',
        dataset_type: 'Tide gauge',
        starttime: '2017-04-18T21:09:23.000Z',
        endtime: '2017-04-18T21:09:50.000Z',
        temporal_span: 0,
        location: { type: 'Polygon', coordinates: around(8, 53, 9, 54) },
        center: { type: 'point', coordinates: [8.5, 53.5] },
        urls: [],
        browse_urls: [],
        images: [],
        metadata: expect.objectContaining({ 'dc.type': ['Tide gauge'] }),
      },
    })
    await session.patch(`${server.api}/core/items/${uuid}`, {
      json: [{ op: 'remove', path: '/metadata/dcterms.spatial' }],
    })
    expect(await found('/type/Tide%20gauge/dataset_ids', { body: { polygon } })).toEqual([])
    expect(await found('/type/Tide%20gauge/dataset_ids')).toEqual([uuid])
    await session.patch(`${server.api}/core/items/${uuid}`, {
      json: [{ op: 'remove', path: '/metadata/dcterms.temporal' }],
    })
    expect((await ask(`/dataset/${uuid}`)).json).toMatchObject({ result: null })
  })

  test('so are those that an object of Islandora has in its Dublin Core', async () => {
    const client = await administratorClient(server)
    const { pid } = (await client.form('POST', 'object', { label: 'Wreck' })).json as { pid: string }
    const values = ['POINT (7.5 55.25)', '1918-01-01/1918-11-11', 'Skagerrak']
    const dc = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title>Wreck</dc:title><dc:type>Wreck</dc:type>${values.map((value) => `<dc:coverage>${value}</dc:coverage>`).join('')}
    </oai_dc:dc>`
    const form = new FormData()
    form.set('file', new Blob([dc], { type: 'text/xml' }), 'dc.xml')
    const put = await client.send('PUT', `object/${pid}/datastream/DC`, { body: form })
    expect(put.status).toBe(200)
    const body = { polygon: around(7, 55, 7.5, 56), start_time: '1918', end_time: '1918-11-12' }
    expect((await ask('/type/Wreck/dataset_ids', { body, as: token })).json).toMatchObject({ total: 1 })
  })
})

describe('rights', () => {
  test('what a person may not read is neither found nor counted, nor is its name or type told', async () => {
    const { access } = server.repository.useCases
    const secret = await deposit('Submarine', {
      spatial: 'POINT (-30 60)',
      temporal: '2001/2002',
      'dc.type': 'Secret',
    })
    const open = await deposit('Buoy', {
      spatial: 'POINT (-30 60)',
      temporal: '2001/2002',
      'dc.type': 'Buoy',
    })
    const path = '/dataset/Tide%20gauges/dataset_ids'
    const body = { polygon: around(-31, 59, -30, 60) }
    expect((await ask(path, { body })).json).toMatchObject({ total: 2, count: 2 })
    const policies = await access.listPolicies(
      SYSTEM_ACTOR,
      { resourceId: secret.id },
      { number: 0, size: 20 },
    )
    for (const policy of policies.elements) await access.deletePolicy(SYSTEM_ACTOR, policy.id)
    expect((await ask(path, { body })).json).toMatchObject({ total: 1, count: 1, dataset_ids: [open.id] })
    expect((await ask('/types')).json?.['types']).not.toContain('Secret')
    expect((await ask('/types', { as: token })).json?.['types']).toContain('Secret')
    expect((await ask(`/dataset/${secret.id}`)).json).toMatchObject({ success: true, result: null })
    expect((await ask(`/overlaps/${secret.id}/id`)).status).toBe(404)
    expect((await ask(`/overlaps/${open.id}/id`)).json).toMatchObject({ results: [{ id: open.id }] })
    expect((await ask(`/overlaps/${open.id}/id`, { as: token })).json).toMatchObject({ total: 2 })
  })

  test('without a token there is nothing to see', async () => {
    expect((await call(server, `/pele/api/v0.1/pele/types`)).status).toBe(401)
  })
})

describe('lists', () => {
  test('have the keys of the original, and go on by cursors where offsets end', async () => {
    for (let number = 0; number < 25; number += 1) {
      await deposit(`Cast ${number}`, { temporal: `start=2010-01-${10 + (number % 15)}`, 'dc.type': 'Cast' })
    }
    const first = await ask('/type/Cast/dataset_ids')
    expect(first.json).toEqual({
      success: true,
      message: null,
      dataset_ids: expect.any(Array),
      total: 25,
      count: 10,
      page_size: 10,
      offset: 0,
    })
    const all: unknown[] = []
    for (let cursor = '*'; ;) {
      const { json } = await ask(`/type/Cast/dataset_ids?page_size=7&cursor=${cursor}`)
      const ids = json?.['dataset_ids'] as unknown[]
      if (ids.length === 0) break
      all.push(...ids)
      cursor = String(json?.['cursor'])
    }
    const pages = await Promise.all(
      [0, 10, 20].map((offset) => found(`/type/Cast/dataset_ids?offset=${offset}`)),
    )
    expect(all).toEqual(pages.flat())
    expect(new Set(all).size).toBe(25)
    expect((await ask('/types?page_size=1&offset=1')).json).toMatchObject({
      count: 1,
      page_size: 1,
      offset: 1,
    })
    expect((await ask('/type/Cast/datasets')).json).toMatchObject({ datasets: ['Tide gauges'], total: 1 })
    expect((await ask('/dataset/Tide%20gauges/types')).json?.['types']).toContain('Cast')
  })

  test('tell fields, the newest first, with dots and asterisks', async () => {
    await deposit('Old', { temporal: '1990/1991', 'dc.type': 'Survey' })
    await deposit('New', { temporal: '1995/1996', spatial: 'POINT (1 2)', 'dc.type': 'Survey' })
    const fields = 'label, location.coordinates,metadata.dc.ty*'
    const path = `/type/Survey/dataset/Tide%20gauges/${encodeURIComponent(fields)}`
    const results = [
      { label: 'New', location: { coordinates: [1, 2] }, metadata: { 'dc.type': ['Survey'] } },
      { label: 'Old', metadata: { 'dc.type': ['Survey'] } },
    ]
    expect((await ask(path)).json).toMatchObject({ results, total: 2 })
    const posted = await ask(path, { body: { end_time: '1993-01-01' } })
    expect(posted.json?.['results']).toEqual(results.slice(1))
  })

  test.each([
    ['page_size=101', 'Maximum page size is 100.'],
    ['offset=9991', 'Elasticsearch does not allow page_size + offset to be > 10,000'],
    ['offset=-1', undefined],
    ['page_size=ten', undefined],
    ['cursor=none', undefined],
    ['cursor=*&offset=5', undefined],
    ['start_time=yesterday', undefined],
    ['end_time=2017-02-30', undefined],
    ['polygon=square', 'Invalid polygon value: square'],
    ['polygon={}', 'polygon must be type list'],
    ['polygon=[]', undefined],
    ['polygon=[[[0,0],[1,1]]]', undefined],
    [
      `polygon=${JSON.stringify([
        [
          [0, 0],
          [4, 4],
          [4, 0],
          [0, 4],
          [0, 0],
        ],
      ])}`,
      undefined,
    ],
    ['polygon=[[[0,0],[9,0],[9,99],[0,0]]]', undefined],
  ])('%s is refused', async (query, message) => {
    const { status, json } = await ask(`/type/Cast/dataset_ids?${query}`)
    expect(status).toBe(400)
    expect(json).toMatchObject({ success: false, ...(message !== undefined && { message }) })
  })

  test.each([[{ polygon: '[[[0,0]]]' }], [{ polygon: { type: 'Polygon' } }], [{ start_time: [] }], [[]]])(
    'the body %j is refused',
    async (body) => {
      expect((await ask('/type/Cast/dataset_ids', { body })).status).toBe(400)
    },
  )

  test('names with any characters find nothing, and break nothing', async () => {
    for (const name of ["'; drop table dataset; --", '%00', 'a/b', 'Ünïcode', '*']) {
      const { status } = await ask(`/dataset/${encodeURIComponent(name)}/dataset_ids`)
      expect([200, 400]).toContain(status)
    }
  })
})

test('a question takes as many statements as any other', async () => {
  const path = '/dataset/Tide%20gauges/dataset_ids?page_size=100'
  const few = await server.statements(() => ask(`${path}&page_size=1`))
  const many = await server.statements(() => ask(path))
  expect(many.length).toBe(few.length)
})
