import type { DSpaceSession } from '@hexapla/client'
import { metadataValue } from '@hexapla/repository'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPerson, RawSession } from '../raw-session.ts'
import { refused } from '../refused.ts'
import { startServices, WORK, type ExternalServices } from './services.ts'

/** `integration/externalsources`, and items made of what they know. */

const READER = { email: 'reader@example.org', password: 'correct horse battery' }
const SOURCES = '/api/integration/externalsources'
const ENTRY = encodeURIComponent(WORK.DOI)

let services: ExternalServices
let server: TestServer
let session: DSpaceSession

beforeAll(async () => {
  services = await startServices()
  server = await startTestServer(services.settings)
  session = server.session()
  await createPerson(session, READER)
})
afterAll(async () => {
  await server.stop()
  await services.stop()
})
beforeEach(() => {
  services.asked.length = 0
  services.faults.length = 0
})

interface Listed {
  readonly _embedded?: Record<string, Record<string, unknown>[]>
  readonly page: { readonly totalElements: number; readonly size: number; readonly totalPages: number }
}
const list = async (path: string) => {
  const { _embedded = {}, page } = await session.getJson<Listed>(path)
  return { elements: Object.values(_embedded)[0] ?? [], page }
}

test('there are those that the configuration names', async () => {
  const { elements } = await list(SOURCES)
  expect(elements.map(({ id }) => id)).toEqual(['arxiv', 'crossref', 'orcid'])
  expect(elements[0]).toMatchObject({
    id: 'arxiv',
    name: 'arxiv',
    hierarchical: false,
    type: 'externalsource',
    _links: {
      self: { href: `${server.api}/integration/externalsources/arxiv` },
      entries: { href: `${server.api}/integration/externalsources/arxiv/entries` },
      entityTypes: { href: `${server.api}/integration/externalsources/arxiv/entityTypes` },
    },
  })
  expect((await list(`${SOURCES}?size=1&page=1`)).elements.map(({ id }) => id)).toEqual(['crossref'])
  expect(await session.getJson('/api')).toMatchObject({
    _links: {
      externalsources: { href: `${server.api}/integration/externalsources` },
      harvestermetadata: { href: `${server.api}/config/harvestermetadata` },
    },
  })
})

test('none without configuration, and nobody is asked', async () => {
  const closed = await startTestServer()
  try {
    const { page } = await closed.session().getJson<Listed>(SOURCES)
    expect(page.totalElements).toBe(0)
    expect(await refused(closed.session().get(`${SOURCES}/crossref`))).toMatchObject({ status: 404 })
  } finally {
    await closed.stop()
  }
})

test('they are for people who have signed in', async () => {
  const visitor = server.anonymous()
  for (const path of ['', '/crossref', '/crossref/entries?query=x', `/crossref/entryValues/${ENTRY}`]) {
    expect(await refused(visitor.get(SOURCES + path))).toMatchObject({ status: 401 })
  }
  expect(services.asked).toEqual([])
  expect((await server.session(READER).get(`${SOURCES}/orcid`)).status).toBe(200)
})

test('they are found by entity type, and say which they have', async () => {
  const found = async (type: string) =>
    (await list(`${SOURCES}/search/findByEntityType?entityType=${type}`)).elements.map(({ id }) => id)
  expect(await found('Publication')).toEqual(['arxiv', 'crossref'])
  expect(await found('Person')).toEqual(['orcid'])
  expect(await found('Nothing')).toEqual([])
  expect(await refused(session.get(`${SOURCES}/search/findByEntityType`))).toMatchObject({ status: 400 })
  const { elements } = await list(`${SOURCES}/orcid/entityTypes`)
  expect(elements.map(({ label }) => label)).toEqual(['Person'])
})

test('entity types that can be imported are those of sources and of collections to submit to', async () => {
  const path = '/api/core/entitytypes/search/findAllByAuthorizedExternalSource'
  expect((await list(path)).elements).toEqual([])
  const { parentId } = await buildersFor(server.repository).collection()
  const json = {
    metadata: {
      'dc.title': [{ value: 'People' }],
      'dspace.entity.type': [{ value: 'Person' }],
    },
  }
  await session.post(`/api/core/collections?parent=${parentId}`, { json })
  expect((await list(path)).elements.map(({ label }) => label)).toEqual(['Person'])
})

test('Crossref: works by words and by DOI', async () => {
  const { elements, page } = await list(`${SOURCES}/crossref/entries?query=silly string&size=5&page=2`)
  expect(services.asked).toEqual(['/crossref/works?query=silly+string&rows=5&offset=10'])
  expect(page).toMatchObject({ totalElements: 1234, size: 5, totalPages: 247 })
  const self = `${server.api}/integration/externalsources/crossref/entryValues/${ENTRY}`
  expect(elements[0]).toMatchObject({
    id: WORK.DOI,
    type: 'externalSourceEntry',
    _links: { self: { href: self } },
  })
  const entry = await session.getJson<{ metadata: Record<string, { value: string }[]> }>(
    `${SOURCES}/crossref/entryValues/${ENTRY}`,
  )
  expect(entry).toMatchObject({ externalSource: 'crossref', display: WORK.title[0], value: WORK.title[0] })
  const shown = Object.entries(entry.metadata).map(([field, values]) => [
    field,
    values.map(({ value }) => value),
  ])
  expect(Object.fromEntries(shown)).toEqual({
    'dc.contributor.author': ['Carberry, Josiah', 'The Metaphysics Group'],
    'dc.date.issued': ['2008-08-13'],
    'dc.description.abstract': ['The characteristic theme of the works of Stone is the bridge & culture.'],
    'dc.identifier.doi': [WORK.DOI],
    'dc.identifier.issn': ['0264-3561'],
    'dc.identifier.uri': [WORK.URL],
    'dc.language.iso': ['en'],
    'dc.publisher': ['Crossref'],
    'dc.relation.ispartof': ['Journal of Psychoceramics'],
    'dc.title': [WORK.title[0]],
    'dc.type': ['journal-article'],
    'oaire.citation.endPage': ['3'],
    'oaire.citation.issue': ['11'],
    'oaire.citation.startPage': ['1'],
    'oaire.citation.volume': ['5'],
  })
})

test('ORCID: people by words and by iD', async () => {
  const { elements, page } = await list(`${SOURCES}/orcid/entries?query=carberry`)
  expect(services.asked).toEqual(['/orcid/expanded-search/?q=carberry&start=0&rows=20'])
  expect(page.totalElements).toBe(41)
  expect(elements.map(({ display }) => display)).toEqual(['Carberry, Josiah', 'Laure'])
  const entry = await session.getJson(`${SOURCES}/orcid/entryValues/0000-0002-1825-0097`)
  expect(entry).toMatchObject({
    metadata: {
      'person.familyName': [{ value: 'Carberry' }],
      'person.givenName': [{ value: 'Josiah' }],
      'person.identifier.orcid': [{ value: '0000-0002-1825-0097' }],
    },
  })
  expect((await list(`${SOURCES}/orcid/entries?query=nobody`)).elements).toEqual([])
})

test('arXiv: preprints by words and by identifier', async () => {
  const { elements } = await list(`${SOURCES}/arxiv/entries?query=electron (transverse)`)
  const asked = new URL(services.asked[0] ?? '', services.url).searchParams
  expect(asked.get('search_query')).toBe('all:electron AND all:transverse')
  expect(elements).toHaveLength(1)
  expect((await list(`${SOURCES}/arxiv/entries?query=()`)).elements).toEqual([])
  expect(services.asked).toHaveLength(1)
  const id = encodeURIComponent('hep-ex/0307015')
  expect(await session.getJson(`${SOURCES}/arxiv/entryValues/${id}`)).toMatchObject({
    id: 'hep-ex/0307015',
    display: 'Multi-Electron Production at High Transverse Momenta',
    metadata: {
      'dc.contributor.author': [{ value: 'H1 Collaboration' }],
      'dc.date.issued': [{ value: '2003-07-07' }],
      'dc.identifier.doi': [{ value: '10.1140/epjc/s2003-01326-x' }],
      'dc.subject': [{ value: 'hep-ex' }],
    },
  })
})

test.each([
  ['no words', 'crossref/entries', 400],
  ['an unknown source', 'pubmed/entries?query=x', 404],
  ['an unknown entry', 'crossref/entryValues/10.1%2Fnothing', 404],
  ['an iD that is none', 'orcid/entryValues/..%2Fsearch', 404],
  ['an identifier that is none', 'arxiv/entryValues/2101', 404],
  ['a page that is none', 'crossref/entries?query=x&page=-1', 400],
])('%s is refused', async (_name, path, status) => {
  expect(await refused(session.get(`${SOURCES}/${path}`))).toMatchObject({ status })
})

test.each([
  ['OUTSIDE_UNREACHABLE', { status: 503 }],
  ['OUTSIDE_REFUSED', { status: 403 }],
  ['OUTSIDE_INVALID', { status: 200, body: '<html>' }],
])('a service that fails is 502 %s', async (code, fault) => {
  services.faults.push(fault)
  // The client asks again after 502.
  const raw = new RawSession(server.api)
  await raw.logIn(ADMINISTRATOR)
  const response = await raw.send('GET', '/integration/externalsources/crossref/entries?query=x')
  expect([response.status, await response.json()]).toEqual([502, expect.objectContaining({ code })])
})

test('answers of another shape are no failure of ours', async () => {
  for (const body of [
    'null',
    '[]',
    '{"message":{"items":[1,{"DOI":7},{"DOI":"x","title":"y","author":{}}]}}',
  ]) {
    services.faults.push({ status: 200, body })
    const { status } = await session.get(`${SOURCES}/crossref/entries?query=x`)
    expect(status).toBe(200)
  }
})

const importEntry = (collection: string, body: string, by = session) =>
  by.post(`/api/core/items?owningCollection=${collection}`, {
    body,
    headers: { 'content-type': 'text/uri-list' },
  })

test('an entry becomes an archived item, of the type that its collection is for', async () => {
  const { parentId } = await buildersFor(server.repository).collection()
  const json = {
    metadata: { 'dc.title': [metadataValue('Works')], 'dspace.entity.type': [metadataValue('Publication')] },
  }
  const made = await session.post(`/api/core/collections?parent=${parentId}`, { json })
  const { uuid } = (await made.json()) as { uuid: string }
  const response = await importEntry(
    uuid,
    `http://another.example/server/api/integration/externalsources/crossref/entryValues/${ENTRY}\r\n`,
  )
  expect(response.status).toBe(201)
  const item = (await response.json()) as { uuid: string }
  expect(item).toMatchObject({
    name: WORK.title[0],
    inArchive: true,
    metadata: {
      'dc.identifier.doi': [{ value: WORK.DOI }],
      'dspace.entity.type': [{ value: 'Publication' }],
    },
  })
  expect(response.headers.get('location')).toBe(`${server.api}/core/items/${item.uuid}`)
})

test('an address with the slashes of its id serves as well', async () => {
  const { id } = await buildersFor(server.repository).collection()
  const uri = `${server.api}/integration/externalsources/arxiv/entryValues/hep-ex/0307015`
  expect((await importEntry(id, uri)).status).toBe(201)
})

test('what cannot be made an item of is refused', async () => {
  const { id } = await buildersFor(server.repository).collection()
  const uri = `${server.api}/integration/externalsources/crossref/entryValues/${ENTRY}`
  const none = '11111111-1111-4111-8111-111111111111'
  expect(await refused(importEntry(id, `${uri}\n${uri}`))).toMatchObject({ status: 400 })
  expect(await refused(importEntry(id, '# nothing'))).toMatchObject({ status: 400 })
  expect(await refused(importEntry('x', uri))).toMatchObject({ status: 400 })
  expect(await refused(importEntry(none, uri))).toMatchObject({ status: 422 })
  expect(await refused(importEntry(id, `${server.api}/core/items/${none}`))).toMatchObject({ status: 422 })
  expect(await refused(importEntry(id, `${uri}%zz`))).toMatchObject({ status: 422 })
  expect(services.asked).toEqual([])
  expect(await refused(importEntry(id, uri.replace('crossref', 'pubmed')))).toMatchObject({ status: 404 })
  expect(await refused(importEntry(id, `${uri}9`))).toMatchObject({ status: 404 })
  services.faults.push({ status: 500 })
  expect(await refused(importEntry(id, uri))).toMatchObject({ status: 502 })
})

test('who may not make items asks nobody', async () => {
  const { id } = await buildersFor(server.repository).collection()
  const uri = `${server.api}/integration/externalsources/crossref/entryValues/${ENTRY}`
  expect(await refused(importEntry(id, uri, server.session(READER)))).toMatchObject({ status: 403 })
  expect(services.asked).toEqual([])
})
