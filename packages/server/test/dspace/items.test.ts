import { HttpError } from '@hexapla/client'
import { SYSTEM_ACTOR, type Collection, type Item } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'

let server: TestServer
let collection: Collection

beforeAll(async () => {
  server = await startTestServer()
  collection = await buildersFor(server.repository).collection()
})
afterAll(() => server.stop())

const newItem = (title?: string): Promise<Item> => buildersFor(server.repository).item(title, collection.id)
const path = (item: Item) => `/api/core/items/${item.id}`
const url = (item: Item) => `${server.api}/core/items/${item.id}`

/** The failure that a request must end in, as status and code. */
async function failure(request: Promise<unknown>): Promise<{ status: number; code: unknown }> {
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof HttpError)) throw new Error('The request did not fail', { cause: error })
  return { status: error.status, code: (error.body as { code?: unknown }).code }
}

const value = (text: string) => ({ value: text, language: null, authority: null, confidence: -1 })

describe('creating', () => {
  test('makes an archived item with a handle, its address, and a submitter', async () => {
    const session = server.session()
    const response = await session.post(`/api/core/items?owningCollection=${collection.id}`, {
      json: {
        name: 'ignored',
        metadata: { 'dc.title': [{ value: 'Deposited' }], 'dc.type': [{ language: null }] },
        inArchive: true,
        discoverable: true,
        withdrawn: false,
        type: 'item',
      },
    })
    expect(response.status).toBe(201)
    const item = (await response.json()) as Record<string, unknown>
    expect(item).toMatchObject({ type: 'item', name: 'Deposited', inArchive: true, withdrawn: false })
    expect(item['handle']).toMatch(/^123456789\/\d+$/)
    expect(Object.keys(item['metadata'] as object)).toEqual([
      'dc.date.accessioned',
      'dc.date.available',
      'dc.identifier.uri',
      'dc.title',
    ])
    expect(response.headers.get('location')).toBe(`${server.api}/core/items/${String(item['uuid'])}`)
    expect(await session.getJson(`/api/core/items/${String(item['uuid'])}`)).toEqual(item)
  })

  test.each([
    ['an unknown field', { metadata: { 'dc.nothing.such': [{ value: 'x' }] } }, 422, 'FIELD_UNKNOWN'],
    ['metadata that is no map', { metadata: [] }, 422, 'metadata-invalid'],
    ['an item that is not to be archived', { inArchive: false, metadata: {} }, 422, 'item-invalid'],
  ])('refuses %s', async (_what, json, status, code) => {
    const before = await server.session().getJson('/api/core/items')
    const request = server.session().post(`/api/core/items?owningCollection=${collection.id}`, { json })
    expect(await failure(request)).toEqual({ status, code })
    expect(await server.session().getJson('/api/core/items')).toEqual(before)
  })

  test('refuses an unknown collection, a missing one, and visitors', async () => {
    const json = { metadata: {} }
    const unknown = '00000000-0000-4000-8000-00000000dead'
    const post = (query: string) => server.session().post(`/api/core/items${query}`, { json })
    expect(await failure(post(`?owningCollection=${unknown}`))).toEqual({
      status: 422,
      code: 'REFERENCE_INVALID',
    })
    expect(await failure(post(''))).toEqual({ status: 400, code: 'argument-invalid' })
    const anonymous = await fetch(`${server.api}/core/items?owningCollection=${collection.id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'DSPACE-XSRF-COOKIE=t', 'x-xsrf-token': 't' },
      body: JSON.stringify(json),
    })
    expect(anonymous.status).toBe(401)
    expect(anonymous.headers.get('www-authenticate')).toContain('password realm=')
  })

  test('refuses a body that is no JSON, and one of another type', async () => {
    const post = (type: string, body: string) =>
      server.session().post(`/api/core/items?owningCollection=${collection.id}`, {
        headers: { 'content-type': type },
        body,
      })
    expect(await failure(post('application/json', '{"a":'))).toEqual({ status: 400, code: 'malformed-json' })
    expect(await failure(post('text/plain', 'hello'))).toEqual({
      status: 415,
      code: 'unsupported-media-type',
    })
  })
})

describe('reading', () => {
  test('is open to everybody, and 304 to who has it', async () => {
    const item = await newItem()
    const first = await fetch(url(item))
    const etag = first.headers.get('etag') ?? ''
    expect(first.status).toBe(200)
    expect(etag).toMatch(/^"1/)
    expect(first.headers.get('content-language')).toBe('en')
    const second = await fetch(url(item), { headers: { 'if-none-match': etag } })
    expect([second.status, await second.text(), second.headers.get('etag')]).toEqual([304, '', etag])
  })

  test('HEAD has the headers without the body, OPTIONS and other verbs say what is allowed', async () => {
    const item = await newItem()
    const head = await fetch(url(item), { method: 'HEAD' })
    const get = await fetch(url(item))
    expect(head.headers.get('content-length')).toBe(String((await get.arrayBuffer()).byteLength))
    expect((await fetch(url(item), { method: 'OPTIONS' })).headers.get('allow')).toContain('PATCH')
    expect(await failure(server.session().post(path(item), { json: {} }))).toMatchObject({ status: 405 })
  })

  test('of what does not exist is 404', async () => {
    const gone = '00000000-0000-4000-8000-00000000dead'
    expect(await failure(server.session().get(`/api/core/items/${gone}`))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    })
    expect(await failure(server.session().get('/api/core/items/17'))).toMatchObject({ status: 404 })
  })

  test('embeds several levels, and ignores what an item does not have', async () => {
    const item = await newItem()
    const embed = 'owningCollection/parentCommunity,thumbnail,nothing&embed=mappedCollections'
    expect(await server.anonymous().getJson(`${path(item)}?embed=${embed}`)).toMatchObject({
      _embedded: {
        owningCollection: {
          uuid: collection.id,
          _embedded: { parentCommunity: { uuid: collection.parentId } },
        },
        thumbnail: null,
        mappedCollections: { page: { totalElements: 0 } },
      },
    })
  })
})

describe('pages of the list', () => {
  const page = (query: string) => server.session().getJson<Record<string, unknown>>(`/api/core/items${query}`)

  test('have truthful sizes and links', async () => {
    for (let index = 0; index < 5; index += 1) await newItem(`Page ${index}`)
    const first = await page('?size=2&sort=dc.title,DESC')
    const { totalElements, totalPages } = first['page'] as { totalElements: number; totalPages: number }
    expect(first['page']).toEqual({
      size: 2,
      number: 0,
      totalElements,
      totalPages: Math.ceil(totalElements / 2),
    })
    expect(Object.keys(first['_links'] as object)).toEqual(['first', 'self', 'next', 'last', 'search'])
    expect(first).toMatchObject({
      _links: { self: { href: `${server.api}/core/items?size=2&sort=dc.title%2CDESC` } },
    })
    const beyond = await page(`?size=2&page=${totalPages + 3}`)
    expect(beyond['_embedded']).toBeUndefined()
    expect(Object.keys(beyond['_links'] as object)).toEqual(['first', 'prev', 'self', 'last', 'search'])
    const seen = new Set<unknown>()
    for await (const item of server.session().items<{ uuid: string }>('/api/core/items?size=2'))
      seen.add(item.uuid)
    expect(seen.size).toBe(totalElements)
  })

  test('larger than the limit are cut, and say so', async () => {
    const limited = await startTestServer({ HEXAPLA_PAGE_SIZE_ADMINISTRATOR: '3' })
    try {
      expect(await limited.session().getJson('/api/core/items?size=1000')).toMatchObject({
        page: { size: 3 },
      })
    } finally {
      await limited.stop()
    }
  })

  test.each([
    'page=-1',
    'size=0',
    'size=-5',
    'size=x',
    'page=1.5',
    'sort=dc.title,up',
    'sort=nothing,asc',
    'sort=,asc',
  ])('refuses %s', async (query) => {
    expect((await failure(page(`?${query}`))).status).toBe(400)
  })
})

describe('changing by patch', () => {
  const patch = (item: Item, json: unknown, headers: Record<string, string> = {}) =>
    server.session().patch(path(item), { json, headers })

  test('adds, replaces, moves and removes values, one version on', async () => {
    const item = await newItem('Before')
    const response = await patch(item, [
      { op: 'replace', path: '/metadata/dc.title/0/value', value: 'After' },
      { op: 'add', path: '/metadata/dc.subject', value: [value('one'), value('two')] },
      { op: 'add', path: '/metadata/dc.subject/-', value: value('three') },
      { op: 'move', from: '/metadata/dc.subject/2', path: '/metadata/dc.subject/0' },
      { op: 'remove', path: '/metadata/dc.subject/1' },
      { op: 'replace', path: '/discoverable', value: false },
    ])
    expect(response.headers.get('etag')).toMatch(/^"2/)
    const changed = (await response.json()) as { metadata: Record<string, { value: string }[]> }
    expect(changed).toMatchObject({ name: 'After', discoverable: false })
    expect(changed.metadata['dc.subject']?.map((subject) => subject.value)).toEqual(['three', 'two'])
  })

  test.each([
    [
      'an unknown field',
      [{ op: 'add', path: '/metadata/dc.nothing', value: [value('x')] }],
      422,
      'FIELD_UNKNOWN',
    ],
    ['a path that is none', [{ op: 'replace', path: '/handle', value: '1/2' }], 422, 'PATCH_INVALID'],
    [
      'a value that is no truth',
      [{ op: 'replace', path: '/withdrawn', value: 'perhaps' }],
      422,
      'PATCH_INVALID',
    ],
    ['no patch at all', { op: 'add' }, 400, 'PATCH_MALFORMED'],
  ])('with %s is refused, and changes nothing', async (_what, json, status, code) => {
    const item = await newItem()
    const before = await server.session().getJson(path(item))
    const harmless = { op: 'replace', path: '/metadata/dc.title/0/value', value: 'Changed' }
    expect(await failure(patch(item, Array.isArray(json) ? [harmless, ...json] : json))).toEqual({
      status,
      code,
    })
    expect(await server.session().getJson(path(item))).toEqual(before)
  })

  test('of another version than expected is 412, of the expected one goes through, with embeds or without', async () => {
    const item = await newItem()
    const title = [{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'New' }]
    const embedding = await server.session().get(`${path(item)}?embed=owningCollection`)
    const etag = embedding.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"1-/)
    expect((await patch(item, title, { 'if-match': etag })).status).toBe(200)
    expect(await failure(patch(item, title, { 'if-match': etag }))).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
    expect((await failure(patch(item, title, { 'if-match': '"other"' }))).status).toBe(412)
  })

  test('of one of several versions expected goes through, wherever in the list it stands', async () => {
    const item = await newItem()
    const title = [{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'New' }]
    expect((await patch(item, title, { 'if-match': '"other,tag", "7", "1-abc"' })).status).toBe(200)
    expect((await patch(item, title, { 'if-match': '"2", "7"' })).status).toBe(200)
    expect(await failure(patch(item, title, { 'if-match': '"2", "7"' }))).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
  })

  test('at the same time from many sides loses nothing', async () => {
    const item = await newItem()
    const session = server.session()
    await session.login()
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        session.patch(path(item), {
          json: [{ op: 'add', path: '/metadata/dc.subject/-', value: value(`subject ${index}`) }],
        }),
      ),
    )
    const saved = await session.getJson<{ metadata: Record<string, unknown[]> }>(path(item))
    expect(saved.metadata['dc.subject']).toHaveLength(8)
  })
})

test('a withdrawn item shows its metadata to administrators only, until it is reinstated', async () => {
  const item = await newItem('Secret')
  const set = (withdrawn: boolean) =>
    server.session().patch(path(item), { json: [{ op: 'replace', path: '/withdrawn', value: withdrawn }] })
  await set(true)
  const shown = { withdrawn: true, inArchive: false }
  expect(await server.anonymous().getJson(path(item))).toMatchObject({ ...shown, metadata: {} })
  expect(await server.session().getJson(path(item))).toMatchObject({ ...shown, name: 'Secret' })
  await set(false)
  expect(await server.anonymous().getJson(path(item))).toMatchObject({ withdrawn: false, name: 'Secret' })
})

test("a withdrawn item that its collection's administrator has read is shown to visitors without its metadata", async () => {
  const item = await newItem('Secret')
  const curator = { email: 'curator@example.org', password: 'correct horse battery staple' }
  const personId = await createPerson(server.session(), curator)
  await server.repository.useCases.access.grantPolicy(SYSTEM_ACTOR, {
    resourceId: collection.id,
    action: 'ADMIN',
    to: { personId },
  })
  await server.session().patch(path(item), { json: [{ op: 'replace', path: '/withdrawn', value: true }] })
  const full = await server.session(curator).get(path(item))
  expect(await full.json()).toMatchObject({ withdrawn: true, name: 'Secret' })
  const shown = await fetch(url(item), { headers: { 'if-none-match': full.headers.get('etag') ?? '' } })
  expect(shown.status).toBe(200)
  expect(await shown.json()).toMatchObject({ withdrawn: true, metadata: {} })
  expect(await server.session(curator).getJson(path(item))).toMatchObject({ name: 'Secret' })
})

test('PUT replaces the metadata of the item that it names', async () => {
  const item = await newItem()
  const put = (json: unknown) => server.session().put(path(item), { json })
  const metadata = { 'dc.title': [value('Replaced')] }
  expect(await (await put({ uuid: item.id, metadata })).json()).toMatchObject({ name: 'Replaced' })
  expect(await failure(put({ uuid: collection.id, metadata }))).toEqual({
    status: 400,
    code: 'uuid-mismatch',
  })
})

test('a deleted item is gone, and can be deleted once', async () => {
  const item = await newItem()
  expect((await server.session().delete(path(item))).status).toBe(204)
  expect((await failure(server.session().get(path(item)))).status).toBe(404)
  expect((await failure(server.session().delete(path(item)))).status).toBe(404)
})
