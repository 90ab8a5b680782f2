import type { DSpaceSession } from '@hexapla/client'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { RestServer } from '@hexapla/rest'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPerson, RawSession } from '../raw-session.ts'
import { refused } from '../refused.ts'
import { startOaiProvider, type OaiProvider } from './oai-provider.ts'

/** `core/collections/:id/harvester` and `config/harvestermetadata`. */

const NOBODYS = '11111111-1111-4111-8111-111111111111'
const READER = { email: 'reader@example.org', password: 'correct horse battery' }
const CURATOR = { email: 'curator@example.org', password: 'correct horse battery' }
const CONFIGS = ['dc', 'qdc', 'dim']

let provider: OaiProvider
let server: TestServer
let session: DSpaceSession
let collection: string
let place: string

beforeAll(async () => {
  provider = await startOaiProvider()
  server = await startTestServer({ HEXAPLA_HARVEST_HOSTS: provider.host })
  session = server.session()
  await createPerson(session, READER)
  await createPerson(session, CURATOR)
})
afterAll(async () => {
  await server.stop()
  await provider.stop()
})
beforeEach(async () => {
  collection = (await buildersFor(server.repository).collection()).id
  place = `/api/core/collections/${collection}/harvester`
  provider.faults.length = 0
})

const settings = (more: object = {}) => ({
  harvest_type: 'METADATA_ONLY',
  oai_source: provider.url,
  oai_set_id: 'papers',
  metadata_config_id: 'dc',
  ...more,
})
const put = (json: unknown) => session.put(place, { json })

test('a collection is harvested from nowhere until somebody says so', async () => {
  expect(await session.getJson(place)).toMatchObject({
    harvest_type: 'NONE',
    oai_source: null,
    oai_set_id: null,
    harvest_message: null,
    metadata_config_id: null,
    harvest_status: null,
    harvest_start_time: null,
    last_harvested: null,
    _links: { self: { href: `${server.api}/core/collections/${collection}/harvester` } },
  })
})

test('settings are kept, and the formats stand beside them', async () => {
  const saved = (await (await put(settings())).json()) as Record<string, unknown>
  expect(saved).toMatchObject({ ...settings(), harvest_status: 'READY', last_harvested: null })
  const { _embedded } = saved as { _embedded: { harvestermetadata: { configs: { id: string }[] } } }
  expect(_embedded.harvestermetadata.configs.map(({ id }) => id)).toEqual(CONFIGS)
  expect(await session.getJson(place)).toEqual(saved)
})

test('the type NONE ends harvesting, whatever else is sent', async () => {
  await put(settings())
  const ended = await (await put({ harvest_type: 'NONE', oai_source: 'http://elsewhere.example' })).json()
  expect(ended).toMatchObject({ harvest_type: 'NONE', oai_source: null, harvest_status: null })
})

test('what the web client sends back beside the settings is passed over', async () => {
  const response = await put({ ...settings(), metadataConfigs: [], _links: {}, last_harvested: 'x', uuid: 7 })
  expect(response.status).toBe(200)
})

test('config/harvestermetadata lists the formats, for everybody', async () => {
  const document = await server.anonymous().getJson<{ configs: unknown[] }>('/api/config/harvestermetadata')
  expect(document.configs).toEqual([
    { id: 'dc', label: 'Simple Dublin Core', nameSpace: 'http://www.openarchives.org/OAI/2.0/oai_dc/' },
    { id: 'qdc', label: 'Qualified Dublin Core', nameSpace: 'http://purl.org/dc/terms/' },
    { id: 'dim', label: 'DSpace Intermediate Metadata', nameSpace: 'http://www.dspace.org/xmlns/dspace/dim' },
  ])
})

test('who administers the collection sees and changes the settings, nobody else', async () => {
  const visitor = new RawSession(server.api)
  await visitor.start()
  expect((await visitor.send('GET', place.slice('/api'.length))).status).toBe(401)
  const sent = { body: JSON.stringify(settings()), headers: { 'content-type': 'application/json' } }
  expect((await visitor.send('PUT', place.slice('/api'.length), sent)).status).toBe(401)
  const reader = server.session(READER)
  expect(await refused(reader.get(place))).toMatchObject({ status: 403 })
  expect(await refused(reader.put(place, { json: settings() }))).toMatchObject({ status: 403 })
  const { uuid: group } = await session
    .post(`/api/core/collections/${collection}/adminGroup`, { json: {} })
    .then((response) => response.json() as Promise<{ uuid: string }>)
  const people = await session.getJson<{ _embedded: { epersons: { email: string; uuid: string }[] } }>(
    '/api/eperson/epersons?size=100',
  )
  const curator = people._embedded.epersons.find(({ email }) => email === CURATOR.email)
  await session.post(`/api/eperson/groups/${group}/epersons`, {
    body: `${server.api}/eperson/epersons/${curator?.uuid}`,
    headers: { 'content-type': 'text/uri-list' },
  })
  expect((await server.session(CURATOR).put(place, { json: settings() })).status).toBe(200)
})

test('an unknown collection is not found', async () => {
  const lost = `/api/core/collections/${NOBODYS}/harvester`
  expect(await refused(session.get(lost))).toMatchObject({ status: 404 })
  expect(await refused(session.put(lost, { json: settings() }))).toMatchObject({ status: 404 })
})

test.each([
  ['no type', { harvest_type: undefined }],
  ['an unknown type', { harvest_type: 'ALL' }],
  ['a type that is no text', { harvest_type: 7 }],
  ['an unknown format', { metadata_config_id: 'marc' }],
  ['no format', { metadata_config_id: null }],
  ['no source', { oai_source: null }],
  ['a source that is no address', { oai_source: 'provider' }],
  ['a source that is no web address', { oai_source: 'file:///etc/passwd' }],
  ['a source that nobody allowed', { oai_source: 'http://127.0.0.1:1/oai' }],
  ['a source with a password', { oai_source: 'http://a:b@127.0.0.1/oai' }],
  ['a set that the source has not', { oai_set_id: 'nothing' }],
])('%s is 422 and changes nothing', async (_name, change) => {
  await put(settings({ oai_set_id: 'theses' }))
  expect(await refused(put(settings(change)))).toMatchObject({ status: 422 })
  expect(await session.getJson(place)).toMatchObject({ oai_set_id: 'theses', oai_source: provider.url })
})

test('what is no JSON is 400, and no object 422', async () => {
  const raw = { body: '{', headers: { 'content-type': 'application/json' } }
  expect(await refused(session.put(place, raw))).toMatchObject({ status: 400 })
  expect(await refused(put([]))).toMatchObject({ status: 422 })
})

test('nobody is asked without HEXAPLA_HARVEST_HOSTS', async () => {
  const closed = await startTestServer()
  try {
    const { id } = await buildersFor(closed.repository).collection()
    const asked = provider.asked.length
    const attempt = closed.session().put(`/api/core/collections/${id}/harvester`, { json: settings() })
    expect(await refused(attempt)).toEqual({ status: 422, code: 'INVALID' })
    expect(provider.asked).toHaveLength(asked)
  } finally {
    await closed.stop()
  }
})

test('a source that fails is 422: with what it answers, or that it does not', async () => {
  const hostile = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`
  for (const fault of [
    { status: 404 },
    { status: 503 },
    { body: 'no XML' },
    { body: hostile },
    { body: '<a/>' },
  ]) {
    provider.faults.push(fault)
    expect(await refused(put(settings()))).toEqual({ status: 422, code: 'INVALID' })
  }
})

test('redirects are followed to allowed hosts alone', async () => {
  const elsewhere = new RestServer({ logger: false })
  const { url } = await elsewhere.startup({ address: '127.0.0.1', port: 0 })
  try {
    provider.faults.push({ status: 302, headers: { Location: `${url}/oai` } })
    expect(await refused(put(settings()))).toMatchObject({ status: 422 })
    provider.faults.push({ status: 302, headers: { Location: `${provider.url}?verb=Identify` } })
    expect((await put(settings())).status).toBe(200)
  } finally {
    await elsewhere.stop()
  }
})

test('If-Match names the state that may be changed', async () => {
  const etag = (await session.get(place)).headers.get('etag') ?? ''
  const change = (json: object) => session.put(place, { json, headers: { 'if-match': etag } })
  expect((await change(settings())).status).toBe(200)
  expect(await refused(change(settings({ oai_set_id: 'all' })))).toMatchObject({ status: 412 })
})

test('collections lead to it, and embed it for those who may see it', async () => {
  await put(settings())
  const path = `/api/core/collections/${collection}?embed=harvester`
  const shown = await session.getJson(path)
  expect(shown).toMatchObject({
    _links: { harvester: { href: `${server.api}/core/collections/${collection}/harvester` } },
    _embedded: { harvester: { harvest_type: 'METADATA_ONLY', oai_set_id: 'papers' } },
  })
  expect(await server.session(READER).getJson(path)).toMatchObject({ _embedded: { harvester: null } })
})

test('embedded in a page it costs as many statements as in a long one', async () => {
  const build = buildersFor(server.repository)
  for (let count = 0; count < 5; count += 1) await build.collection(`Collection ${count}`)
  const page = (size: number) =>
    server.statements(() => session.getJson(`/api/core/collections?size=${size}&embed=harvester`))
  await page(1)
  expect((await page(50)).length).toBe((await page(1)).length)
})
