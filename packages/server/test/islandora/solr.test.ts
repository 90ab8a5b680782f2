import { IslandoraSession, type DSpaceSession } from '@hexapla/client'
import type { Collection } from '@hexapla/repository'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  administratorClient,
  islandoraClient,
  tokenOf,
  type Answer,
  type IslandoraClient,
} from './islandora-client.ts'

interface Found {
  readonly responseHeader?: { readonly status: number; readonly params: Readonly<Record<string, unknown>> }
  readonly response: {
    readonly numFound: number
    readonly start: number
    readonly docs: readonly Readonly<Record<string, unknown>>[]
  }
  readonly facet_counts?: {
    readonly facet_queries: Readonly<Record<string, number>>
    readonly facet_fields: Readonly<Record<string, unknown>>
  }
  readonly highlighting?: unknown
  readonly nextCursorMark?: string
}

interface DSpaceItem {
  readonly uuid: string
}

let server: TestServer
let dspace: DSpaceSession
let admin: IslandoraClient
let visitor: IslandoraClient
let collection: Collection
let hidden: string
beforeAll(async () => {
  server = await startTestServer()
  dspace = server.session()
  admin = await administratorClient(server)
  visitor = islandoraClient(server)
  collection = await buildersFor(server.repository).collection('Maps')
  await deposit('Coast at ebb/flow', ['coasts', 'tides'])
  await deposit('Coast of C++', ['coasts'])
  await deposit('Hills', ['inland'])
  hidden = await deposit('Coast in private', ['coasts', 'secrets'])
  await server.repository.database.write
    .deleteFrom('resource_policy')
    .where('resource_id', '=', hidden)
    .execute()
})
afterAll(() => server.stop())

/** Through DSpace's dialect; gives the uuid. */
async function deposit(title: string, subjects: readonly string[]): Promise<string> {
  const metadata = {
    'dc.title': [{ value: title }],
    'dc.subject': subjects.map((value) => ({ value })),
  }
  const response = await dspace.post(`/api/core/items?owningCollection=${collection.id}`, {
    json: { name: title, metadata, inArchive: true, discoverable: true, withdrawn: false, type: 'item' },
  })
  return ((await response.json()) as DSpaceItem).uuid
}

const get = (path: string, client = visitor): Promise<Answer> => client.send('GET', `solr/${path}`)
const find = async (path: string, client = visitor): Promise<Found> => {
  const { status, json } = await get(path, client)
  expect(status).toBe(200)
  return json as Found
}
const labels = async (path: string, client = visitor) =>
  (await find(path, client)).response.docs.map((document) => document['fgs_label_s'])

describe('Search For Objects', () => {
  test('200: what was deposited through DSpace, in the fields of Islandora', async () => {
    const { status, headers, json } = await get('dc.title:hills')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(json).toEqual({
      responseHeader: { status: 0, QTime: expect.any(Number), params: { q: 'dc.title:hills' } },
      response: {
        numFound: 1,
        start: 0,
        docs: [
          expect.objectContaining({
            PID: expect.stringMatching(/^hexapla:\d+$/),
            fgs_label_s: 'Hills',
            fgs_state_s: 'Active',
            fgs_createdDate_dt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
            RELS_EXT_isMemberOfCollection_uri_ms: [`info:fedora/${collection.pid}`],
            'dc.title': ['Hills'],
            'dc.subject': ['inland'],
          }),
        ],
      },
    })
  })

  test.each([
    ['dc.title:coast+AND+tides', ['Coast at ebb/flow']],
    ['dc.title:coast%20AND%20tides', ['Coast at ebb/flow']],
    ['fgs_label_s:"Coast at ebb/flow"', ['Coast at ebb/flow']],
    ['fgs_label_s:%22Coast%20at%20ebb%2Fflow%22', ['Coast at ebb/flow']],
    ['fgs_label_s:%22Coast+at+ebb~slsh~flow%22', ['Coast at ebb/flow']],
    ['fgs_label_s:"Coast+of+C%2B%2B"', ['Coast of C++']],
    ['%2Bcoast+-tides', ['Coast of C++']],
    ['%68ills', ['Hills']],
    ['nothing', []],
    ['', []],
  ])('the query %s', async (path, expected) => {
    expect(await labels(path)).toEqual(expected)
  })

  test('objects are found by the URIs of their relationships', async () => {
    const uri = `info:fedora/${collection.pid}`
    expect(await labels(`RELS_EXT_isMemberOfCollection_uri_ms:"${uri}"?sort=PID+asc`)).toEqual([
      'Coast at ebb/flow',
      'Coast of C++',
      'Hills',
    ])
  })

  test('fq may be repeated, also as PHP does it', async () => {
    const inland = 'fq=-coasts&fq=dc.subject:*'
    expect(await labels(`*:*?${inland}`)).toEqual(['Hills'])
    expect(await labels('*:*?fq[]=coast&fq[]=-tides')).toEqual(['Coast of C++'])
  })

  test('q.op: what joins words without an operator', async () => {
    expect(await labels('coast+tides?sort=PID+asc')).toEqual(['Coast at ebb/flow', 'Coast of C++'])
    expect(await labels('coast+tides?q.op=AND')).toEqual(['Coast at ebb/flow'])
  })

  test('fl: the fields asked for, and the score when it is asked for', async () => {
    const { docs } = (await find('hills?fl=fgs_label_s,dc.s*+score')).response
    expect(docs).toEqual([{ fgs_label_s: 'Hills', 'dc.subject': ['inland'], score: expect.any(Number) }])
    expect((await find('hills?fl=*')).response.docs[0]).toMatchObject({ fgs_label_s: 'Hills' })
  })

  test('sort, start and rows; twenty rows without', async () => {
    const sorted = 'dc.subject:*?sort=fgs_label_s+desc&fl=fgs_label_s'
    expect(await labels(sorted)).toEqual(['Hills', 'Coast of C++', 'Coast at ebb/flow'])
    const { response } = await find(`${sorted}&start=1&rows=1`)
    expect(response).toEqual({ numFound: 3, start: 1, docs: [{ fgs_label_s: 'Coast of C++' }] })
    await Promise.all(Array.from({ length: 21 }, (_, index) => deposit(`Row ${index}`, [])))
    const many = (await find('dc.title:row')).response
    expect([many.numFound, many.docs.length]).toEqual([21, 20])
  })

  test('cursorMark: the client reads everything, page by page', async () => {
    const token = await tokenOf(server)
    const session = new IslandoraSession(server.url, { user: ADMINISTRATOR.email, token })
    const found: unknown[] = []
    for await (const document of session.solrAll('dc.subject:*', { rows: 2 })) {
      found.push(document['fgs_label_s'])
    }
    expect(found).toEqual(['Coast at ebb/flow', 'Coast of C++', 'Hills', 'Coast in private'])
    const { nextCursorMark } = await find('nothing?cursorMark=*')
    expect(nextCursorMark).toBe('*')
  })

  test('facet.field, facet.query, facet.limit, facet.mincount', async () => {
    const facets = 'facet.field=dc.subject&facet.field=nothing_s&facet.query=coast&facet.query=dc.title:hills'
    const counts = async (more: string) => (await find(`dc.subject:*?rows=0&${facets}${more}`)).facet_counts
    expect(await counts('&facet=true')).toMatchObject({
      facet_queries: { coast: 2, 'dc.title:hills': 1 },
      facet_fields: { 'dc.subject': { coasts: 2, inland: 1, tides: 1 }, nothing_s: {} },
    })
    const fields = async (more: string) => (await counts(`&facet=on${more}`))?.facet_fields['dc.subject']
    expect(await fields('&facet.mincount=2')).toEqual({ coasts: 2 })
    expect(await fields('&facet.limit=2')).toEqual({ coasts: 2, inland: 1 })
    expect(await counts('&facet=false')).toBeUndefined()
  })

  test.each([
    ['flat', ['coasts', 2, 'inland', 1]],
    ['map', { coasts: 2, inland: 1 }],
    [
      'arrarr',
      [
        ['coasts', 2],
        ['inland', 1],
      ],
    ],
    ['arrmap', [{ coasts: 2 }, { inland: 1 }]],
    [
      'arrntv',
      [
        { name: 'coasts', type: 'int', value: 2 },
        { name: 'inland', type: 'int', value: 1 },
      ],
    ],
  ])('json.nl=%s', async (form, expected) => {
    const path = `dc.subject:*?rows=0&facet=true&facet.field=dc.subject&facet.limit=2&json.nl=${form}`
    expect((await find(path)).facet_counts?.facet_fields).toEqual({ 'dc.subject': expected })
  })

  test('facet.sort, facet.prefix, facet.offset', async () => {
    const values = async (more: string) =>
      (await find(`dc.subject:*?rows=0&facet=true&facet.field=dc.subject&json.nl=flat&${more}`)).facet_counts
        ?.facet_fields['dc.subject']
    expect(await values('facet.sort=index&facet.offset=1')).toEqual(['inland', 1, 'tides', 1])
    expect(await values('facet.sort=count&facet.offset=1&facet.limit=1')).toEqual(['inland', 1])
    expect(await values('facet.prefix=t')).toEqual(['tides', 1])
  })

  test('df: the field of words without one', async () => {
    expect(await labels('inland?df=dc.subject')).toEqual(['Hills'])
    expect(await labels('hills?df=dc.subject')).toEqual([])
    expect(await labels('hills?df=catch_all_fields_mt')).toEqual(['Hills'])
    expect(await labels('catch_all_fields_mt:(hills+AND+inland)')).toEqual(['Hills'])
  })

  test('fedora_datastreams_ms: the names of datastreams, told and looked for', async () => {
    const { json } = await admin.form('POST', 'object', { label: 'Lagoon' })
    const { pid } = json as { pid: string }
    const file = new File(['water'], 'water.txt')
    expect((await admin.form('POST', `object/${pid}/datastream`, { dsid: 'SURVEY', file })).status).toBe(201)
    const told = (await find('lagoon?fl=fedora_datastreams_ms')).response.docs
    expect(told).toEqual([{ fedora_datastreams_ms: ['DC', 'RELS-EXT', 'SURVEY'] }])
    for (const query of ['SURVEY', 'SURV*', 'S%3FRVEY', '[SURVEX+TO+SURVEZ]', 'SURVEI~1']) {
      expect(await labels(`fedora_datastreams_ms:${query}`)).toEqual(['Lagoon'])
    }
    expect(await labels('fedora_datastreams_ms:survey')).toEqual([])
    expect(await labels('lagoon?fq=-fedora_datastreams_ms:SURVEY')).toEqual([])
    const facet = 'lagoon?rows=0&facet=true&facet.field=fedora_datastreams_ms&facet.prefix=S'
    expect((await find(facet)).facet_counts?.facet_fields).toEqual({ fedora_datastreams_ms: { SURVEY: 1 } })
    await server.repository.database.write
      .deleteFrom('resource_policy')
      .where('resource_id', 'in', (query) => query.selectFrom('datastream').select('bitstream_id'))
      .execute()
    expect(await labels('fedora_datastreams_ms:SURVEY', admin)).toEqual([])
    await admin.send('DELETE', `object/${pid}`)
  })

  test('hl: what was found is marked, by pid', async () => {
    const { highlighting, response } = await find('dc.title:hills+inland?hl=true&hl.fl=dc.title&fl=dc.title')
    const pid = String(response.docs[0]?.['PID'])
    expect(highlighting).toEqual({ [pid]: { 'dc.title': ['<em>Hills</em>'] } })
    const marked = await find('inland?hl=true&hl.simple.pre=[&hl.simple.post=]')
    expect(marked.highlighting).toEqual({ [pid]: { 'dc.subject': ['[inland]'] } })
  })

  test('omitHeader, wt, and parameters that nobody knows', async () => {
    expect(await find('hills?omitHeader=true')).not.toHaveProperty('responseHeader')
    const { responseHeader, response } = await find('hills?wt=json&nobody=1&nobody=2&q=coast')
    expect(responseHeader?.params).toEqual({ q: 'hills', wt: 'json', nobody: ['1', '2'] })
    expect(response.numFound).toBe(1)
  })

  test.each([
    ['dc.title:(hills', /at character 10/],
    ['hills?fq=a+AND', /at its end/],
    ['%22', /at character 1/],
    ['hills?rows=many', /rows/],
    ['hills?rows=-1', /rows/],
    ['hills?start=1.5', /start/],
    ['hills?sort=PID', /sort/],
    ['hills?cursorMark=nonsense', /cursor mark/],
    ['hills?facet=true&facet.limit=x', /facet\.limit/],
    ['hills?facet=true&facet.mincount=-1', /facet\.mincount/],
    ['hills?facet=true&facet.offset=-1', /facet\.offset/],
    ['hills?facet=true&facet.sort=size', /facet\.sort/],
    ['hills?facet=true&facet.field=dc.title&json.nl=list', /json\.nl/],
    ['hills?wt=xml', /wt/],
    ['hills?defType=edismax', /defType/],
    ['hills?qt=/update', /qt/],
    ['hills?shards=127.0.0.1:1/solr', /shards/],
    ['hills?stream.url=http://127.0.0.1:1/', /stream\.url/],
    ['hills?facet=true&facet.range=dc.date.issued', /facet\.range/],
    ['hills?group=true', /group/],
    ['%7B!terms+f=PID%7Dx', /TO is missing/],
    ['hills?df=%00', /df/],
    ['hills?facet=true&facet.prefix=%00', /facet\.prefix/],
    ['%FF', /malformed/],
    ['%zz', /malformed/],
  ])('400: %s', async (path, message) => {
    const { status, json } = await get(path)
    expect(status).toBe(400)
    expect(json).toEqual({ message: expect.stringMatching(message) })
  })

  test('405: there is GET alone', async () => {
    expect((await admin.form('POST', 'solr/hills', {})).status).toBe(405)
  })
})

describe('Search For Objects: restricted for the given user', () => {
  test('what visitors may not read is not found, not counted, in no facet and not marked', async () => {
    const path = 'private?rows=0&facet=true&facet.field=dc.subject&facet.query=dc.subject:secrets&hl=true'
    expect(await find(path)).toMatchObject({
      response: { numFound: 0, docs: [] },
      facet_counts: { facet_queries: { 'dc.subject:secrets': 0 }, facet_fields: { 'dc.subject': {} } },
      highlighting: {},
    })
    expect(await find(path, admin)).toMatchObject({
      response: { numFound: 1 },
      facet_counts: {
        facet_queries: { 'dc.subject:secrets': 1 },
        facet_fields: { 'dc.subject': { coasts: 1, secrets: 1 } },
      },
    })
  })
})

describe('a write is found by the next request', () => {
  test('the MODS of an object, its change and its end', async () => {
    const { pid } = (await admin.form('POST', 'object', { label: 'Estuary' })).json as { pid: string }
    const mods = (topic: string) =>
      new File(
        [`<mods xmlns="http://www.loc.gov/mods/v3"><subject><topic>${topic}</topic></subject></mods>`],
        'mods.xml',
        { type: 'application/xml' },
      )
    const datastream = `object/${pid}/datastream/MODS`
    await admin.form('POST', `object/${pid}/datastream`, { dsid: 'MODS', file: mods('Brackish water') })
    expect(await labels('mods_subject_topic_mt:brackish')).toEqual(['Estuary'])
    const told = (await find(`PID:"${pid}"?fl=mods_*`)).response.docs
    expect(told).toEqual([
      {
        mods_subject_topic_ms: ['Brackish water'],
        mods_subject_topic_s: ['Brackish water'],
        mods_subject_topic_mt: ['Brackish water'],
      },
    ])
    await admin.form('POST', datastream, { method: 'PUT', file: mods('Salt') })
    expect(await labels('mods_subject_topic_mt:brackish')).toEqual([])
    expect(await labels('mods_subject_topic_ms:Salt')).toEqual(['Estuary'])
    const files = server.repository.database.write
    await files
      .deleteFrom('resource_policy')
      .where('resource_id', 'in', (query) =>
        query.selectFrom('datastream').select('bitstream_id').where('dsid', '=', 'MODS'),
      )
      .execute()
    expect(await labels('mods_subject_topic_ms:*', admin)).toEqual([])
    await admin.send('DELETE', datastream)
    expect(await labels('mods_subject_topic_ms:Salt')).toEqual([])
  })

  test('through Islandora: its label, its state, and that it is gone', async () => {
    const { json } = await admin.form('POST', 'object', { label: 'Quicksand' })
    const { pid } = json as { pid: string }
    expect(await labels('quicksand')).toEqual(['Quicksand'])
    await admin.json('PUT', `object/${pid}`, { label: 'Marsh', state: 'I' })
    expect(await labels('quicksand OR marsh')).toEqual([])
    expect(await labels('marsh?fq=fgs_state_s:Inactive', admin)).toEqual(['Marsh'])
    await admin.send('DELETE', `object/${pid}`)
    expect(await labels('marsh', admin)).toEqual([])
  })

  test('through DSpace: its metadata', async () => {
    const uuid = await deposit('Fen', [])
    expect(await labels('fen')).toEqual(['Fen'])
    await dspace.patch(`/api/core/items/${uuid}`, {
      json: [{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'Bog' }],
    })
    expect(await labels('fen OR bog')).toEqual(['Bog'])
  })
})
