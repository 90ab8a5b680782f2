import type { DSpaceSession } from '@hexapla/client'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { readsOf } from './reads-of.ts'
import { refused } from './refused.ts'

let server: TestServer
let admin: DSpaceSession
let person: DSpaceSession
beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  const account = { email: 'somebody@example.org', password: 'a long enough passphrase' }
  await createPerson(admin, account)
  person = server.session(account)
})
afterAll(() => server.stop())

const SCHEMAS = '/api/core/metadataschemas'
const FIELDS = '/api/core/metadatafields'
const FORMATS = '/api/core/bitstreamformats'

interface Row {
  readonly id: number
}

const post = async (path: string, json: unknown): Promise<Row> =>
  (await (await admin.post(path, { json })).json()) as Row

describe('metadata schemas', () => {
  test('are open to everybody, as a fresh repository has them', async () => {
    const list = await server.anonymous().getJson(`${SCHEMAS}?size=1&sort=prefix,desc`)
    expect(list).toMatchObject({
      page: { size: 1, number: 0, totalElements: expect.any(Number) },
      _links: { next: { href: `${server.api}/core/metadataschemas?size=1&sort=prefix%2Cdesc&page=1` } },
    })
    expect(await server.anonymous().getJson(`${SCHEMAS}/1`)).toMatchObject({
      id: 1,
      prefix: 'dc',
      namespace: 'http://dublincore.org/documents/dcmi-terms/',
      type: 'metadataschema',
      _links: { self: { href: `${server.api}/core/metadataschemas/1` } },
    })
  })

  test('are made, changed and deleted by administrators', async () => {
    const created = await admin.post(SCHEMAS, {
      json: { prefix: 'example', namespace: 'http://example.org/a/' },
    })
    expect(created.status).toBe(201)
    const { id } = (await created.json()) as Row
    expect(created.headers.get('location')).toBe(`${server.api}/core/metadataschemas/${id}`)
    const json = { id, prefix: 'example', namespace: 'http://example.org/b/' }
    const changed = await admin.put(`${SCHEMAS}/${id}`, { json })
    expect(await changed.json()).toMatchObject(json)
    expect((await admin.delete(`${SCHEMAS}/${id}`)).status).toBe(204)
    expect(await refused(admin.get(`${SCHEMAS}/${id}`))).toEqual({ status: 404, code: 'NOT_FOUND' })
    expect(await refused(admin.delete(`${SCHEMAS}/${id}`))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test.each([
    ['a missing prefix', { namespace: 'http://example.org/x/' }, 400, 'invalid-arguments'],
    ['a missing namespace', { prefix: 'x' }, 400, 'invalid-arguments'],
    ['an empty prefix', { prefix: '', namespace: 'http://example.org/x/' }, 422, 'INVALID'],
    ['a dot in the prefix', { prefix: 'a.b', namespace: 'http://example.org/x/' }, 422, 'INVALID'],
    ['a long prefix', { prefix: 'x'.repeat(33), namespace: 'http://example.org/x/' }, 422, 'INVALID'],
    ['an empty namespace', { prefix: 'x', namespace: '' }, 422, 'INVALID'],
    ['a prefix that is taken', { prefix: 'dc', namespace: 'http://example.org/x/' }, 422, 'CONFLICT'],
  ])('%s is refused', async (_case, json, status, code) => {
    expect(await refused(admin.post(SCHEMAS, { json }))).toEqual({ status, code })
  })

  test('keep their prefix, and the id of the path', async () => {
    const { id } = await post(SCHEMAS, { prefix: 'kept', namespace: 'http://example.org/kept/' })
    const put = (json: unknown) => refused(admin.put(`${SCHEMAS}/${id}`, { json }))
    const namespace = 'http://example.org/kept/'
    expect(await put({ id, prefix: 'other', namespace })).toEqual({ status: 422, code: 'INVALID' })
    expect(await put({ id: id + 1, prefix: 'kept', namespace })).toEqual({ status: 422, code: 'id-mismatch' })
    expect(await put({ id, prefix: 'kept', namespace: '' })).toEqual({ status: 422, code: 'INVALID' })
  })

  test('are changed by nobody else', async () => {
    const json = { prefix: 'mine', namespace: 'http://example.org/mine/' }
    const cases = [
      [server.anonymous(), { status: 401, code: 'NOT_SIGNED_IN' }],
      [person, { status: 403, code: 'NOT_ALLOWED' }],
    ] as const
    for (const [session, expected] of cases) {
      expect(await refused(session.post(SCHEMAS, { json }))).toEqual(expected)
      expect(await refused(session.put(`${SCHEMAS}/1`, { json }))).toEqual(expected)
      expect(await refused(session.delete(`${SCHEMAS}/1`))).toEqual(expected)
    }
  })

  test('have a tag: 304 to who has it, 412 to who has another', async () => {
    const { id } = await post(SCHEMAS, { prefix: 'tagged', namespace: 'http://example.org/tagged/' })
    const path = `${SCHEMAS}/${id}`
    const tag = (await admin.get(path)).headers.get('etag') ?? ''
    expect((await admin.get(path, { headers: { 'if-none-match': tag } })).status).toBe(304)
    const put = (namespace: string) =>
      admin.put(path, { json: { prefix: 'tagged', namespace }, headers: { 'if-match': tag } })
    expect((await put('http://example.org/tagged/2/')).status).toBe(200)
    const outdated = { status: 412, code: 'precondition-failed' }
    expect(await refused(put('http://example.org/tagged/3/'))).toEqual(outdated)
    expect(await refused(admin.delete(path, { headers: { 'if-match': tag } }))).toEqual(outdated)
  })
})

describe('metadata fields', () => {
  test('are found by schema and by parts of their name; empty parameters do not count', async () => {
    const anonymous = server.anonymous()
    const search = async (query: string) => {
      const list = await anonymous.getJson<{
        _embedded?: { metadatafields: { element: string; qualifier: string | null }[] }
        page: { totalElements: number }
      }>(`${FIELDS}/search/${query}`)
      return list
    }
    const eperson = await search('bySchema?schema=eperson&size=1')
    expect(eperson.page.totalElements).toBeGreaterThan(3)
    const all = 'byFieldName?schema=&element=&qualifier=&query=&exactName='
    expect((await search(all)).page.totalElements).toBeGreaterThan(100)
    const authors = await search('byFieldName?schema=dc&element=&qualifier=&query=auth&exactName=')
    expect(authors._embedded?.metadatafields).toEqual([
      expect.objectContaining({ element: 'contributor', qualifier: 'author' }),
    ])
    const title = await search('byFieldName?exactName=dc.title&schema=&query=')
    expect(title._embedded?.metadatafields).toHaveLength(1)
    expect(await search('bySchema?schema=unheard')).toMatchObject({ page: { totalElements: 0 } })
    expect(await refused(anonymous.get(`${FIELDS}/search/bySchema`))).toEqual({
      status: 400,
      code: 'argument-missing',
    })
  })

  test('embed their schema with one more statement for a page of any size', async () => {
    const page = (size: number) => () => server.anonymous().getJson(`${FIELDS}?size=${size}&embed=schema`)
    expect(await readsOf(server, page(2))).toBe(3)
    expect(await readsOf(server, page(100))).toBe(3)
    expect(await page(1)()).toMatchObject({
      _embedded: { metadatafields: [{ _embedded: { schema: { type: 'metadataschema' } } }] },
    })
  })

  test('are made in a schema, take another note, and are deleted', async () => {
    const { id } = await post(`${FIELDS}?schemaId=1`, {
      element: 'contributor',
      qualifier: 'tester',
      scopeNote: 'a',
    })
    const field = await admin.getJson<{ _links: { schema: { href: string } } }>(`${FIELDS}/${id}`)
    expect(field).toMatchObject({ element: 'contributor', qualifier: 'tester', type: 'metadatafield' })
    expect(await admin.getJson(field._links.schema.href)).toMatchObject({ prefix: 'dc' })
    const json = { id, element: 'contributor', qualifier: 'tester', scopeNote: null }
    expect(await (await admin.put(`${FIELDS}/${id}`, { json })).json()).toMatchObject({ scopeNote: null })
    const put = (changes: object) => refused(admin.put(`${FIELDS}/${id}`, { json: { ...json, ...changes } }))
    expect(await put({ element: 'other' })).toEqual({ status: 422, code: 'INVALID' })
    expect(await put({ qualifier: null })).toEqual({ status: 422, code: 'INVALID' })
    expect((await admin.delete(`${FIELDS}/${id}`)).status).toBe(204)
    expect(await refused(admin.put(`${FIELDS}/${id}`, { json }))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test.each([
    ['no schema named', '', { element: 'x' }, 400, 'invalid-arguments'],
    ['an unknown schema', '?schemaId=99999', { element: 'x' }, 422, 'REFERENCE_INVALID'],
    ['no element', '?schemaId=1', { qualifier: 'x' }, 400, 'invalid-arguments'],
    ['an empty element', '?schemaId=1', { element: '' }, 422, 'INVALID'],
    ['a comma in the qualifier', '?schemaId=1', { element: 'x', qualifier: 'a,b' }, 422, 'INVALID'],
    ['a field that exists', '?schemaId=1', { element: 'title', qualifier: '' }, 422, 'CONFLICT'],
  ])('%s is refused', async (_case, query, json, status, code) => {
    expect(await refused(admin.post(FIELDS + query, { json }))).toEqual({ status, code })
  })

  test('are changed by nobody else', async () => {
    const json = { element: 'x', qualifier: null, scopeNote: null }
    const cases = [
      [server.anonymous(), 401],
      [person, 403],
    ] as const
    for (const [session, status] of cases) {
      expect((await refused(session.post(`${FIELDS}?schemaId=1`, { json }))).status).toBe(status)
      expect((await refused(session.put(`${FIELDS}/1`, { json }))).status).toBe(status)
      expect((await refused(session.delete(`${FIELDS}/1`))).status).toBe(status)
    }
  })
})

describe('bitstream formats', () => {
  const XML = {
    shortDescription: 'Example XML',
    description: 'Extensible Markup Language',
    mimetype: 'text/x-example+xml',
    supportLevel: 'KNOWN',
    internal: false,
    extensions: ['exml'],
    type: 'bitstreamformat',
  }

  test('are listed to everybody, by any name for the short description', async () => {
    const anonymous = server.anonymous()
    const names = async (query: string) => {
      const list = await anonymous.getJson<{
        _embedded: { bitstreamformats: { shortDescription: string }[] }
      }>(`${FORMATS}?size=100${query}`)
      return list._embedded.bitstreamformats.map((format) => format.shortDescription)
    }
    const byTitle = await names('&sort=dc.title,ASC')
    expect(byTitle).toEqual(await names('&sort=shortDescription,asc'))
    expect(byTitle).toContain('Adobe PDF')
    expect(await refused(anonymous.get(`${FORMATS}?sort=colour`))).toEqual({
      status: 400,
      code: 'SORT_UNKNOWN',
    })
  })

  test('are made, changed and deleted by administrators', async () => {
    const { id } = await post(FORMATS, XML)
    expect(await admin.getJson(`${FORMATS}/${id}`)).toMatchObject({ ...XML, id })
    const changed = await admin.put(`${FORMATS}/${id}`, { json: { ...XML, id, supportLevel: 'SUPPORTED' } })
    expect(await changed.json()).toMatchObject({ id, supportLevel: 'SUPPORTED' })
    expect((await admin.delete(`${FORMATS}/${id}`)).status).toBe(204)
    expect(await refused(admin.delete(`${FORMATS}/${id}`))).toEqual({ status: 404, code: 'NOT_FOUND' })
    expect(await refused(admin.put(`${FORMATS}/${id}`, { json: XML }))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    })
  })

  test('an unknown support level is 400, an empty name 422', async () => {
    const level = admin.post(FORMATS, { json: { ...XML, supportLevel: 'GREAT' } })
    expect(await refused(level)).toEqual({ status: 400, code: 'invalid-arguments' })
    const name = admin.post(FORMATS, { json: { ...XML, shortDescription: ' ' } })
    expect(await refused(name)).toEqual({ status: 422, code: 'INVALID' })
  })

  test('are changed by nobody else', async () => {
    for (const [session, status] of [
      [server.anonymous(), 401],
      [person, 403],
    ] as const) {
      expect((await refused(session.post(FORMATS, { json: XML }))).status).toBe(status)
      expect((await refused(session.put(`${FORMATS}/2`, { json: XML }))).status).toBe(status)
      expect((await refused(session.delete(`${FORMATS}/2`))).status).toBe(status)
    }
  })
})
