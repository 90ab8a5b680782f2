import { randomUUID } from 'node:crypto'
import type { Bundle } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'

let server: TestServer
let build: ReturnType<typeof buildersFor>
const reader = { email: 'reader@example.org', password: 'correct horse battery staple' }

beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  await createPerson(server.session(), reader)
})
afterAll(() => server.stop())

const newBundle = async (name?: string): Promise<Bundle> => build.bundle((await build.item()).id, name)
const path = ({ id }: { id: string }) => `/api/core/bundles/${id}`
const href = ({ id }: { id: string }) => `${server.api}/core/bitstreams/${id}`
const uriList = (body: string) => ({ body, headers: { 'content-type': 'text/uri-list' } })

interface ListDocument {
  readonly _embedded?: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>
  readonly page: { readonly totalElements: number }
}

describe('the bundles of an item', () => {
  test('are made with a name, and listed in their order', async () => {
    const item = await build.item()
    const bundles = `/api/core/items/${item.id}/bundles`
    const session = server.session()
    const response = await session.post(bundles, {
      json: { name: 'ORIGINAL', metadata: { 'dc.description': [{ value: 'the files' }] } },
    })
    expect(response.status).toBe(201)
    const bundle = (await response.json()) as { id: string }
    expect(bundle).toMatchObject({
      name: 'ORIGINAL',
      type: 'bundle',
      metadata: { 'dc.description': [{ value: 'the files' }], 'dc.title': [{ value: 'ORIGINAL' }] },
    })
    expect(response.headers.get('location')).toBe(`${server.api}/core/bundles/${bundle.id}`)
    await session.post(bundles, { json: { name: 'LICENSE' } })
    const all = await session.getJson<ListDocument>(bundles)
    expect(all._embedded?.['bundles']?.map(({ name }) => name)).toEqual(['ORIGINAL', 'LICENSE'])
    // A licence is not for everybody.
    const open = await server.anonymous().getJson<ListDocument>(bundles)
    expect(open._embedded?.['bundles']?.map(({ name }) => name)).toEqual(['ORIGINAL'])
  })

  test('have a name of their own', async () => {
    const { itemId } = await newBundle('ORIGINAL')
    const bundles = `/api/core/items/${itemId}/bundles`
    const create = (json: unknown, session = server.session()) => refused(session.post(bundles, { json }))
    expect(await create({ name: 'ORIGINAL' })).toEqual({ status: 400, code: 'CONFLICT' })
    expect(await create({ metadata: {} })).toEqual({ status: 422, code: 'bundle-invalid' })
    expect(await create([])).toEqual({ status: 422, code: 'bundle-invalid' })
    expect(await create({ name: 'X', metadata: { 'no.field': [{ value: 'x' }] } })).toEqual({
      status: 422,
      code: 'FIELD_UNKNOWN',
    })
    expect(await create({ name: 'X' }, server.anonymous())).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await create({ name: 'X' }, server.session(reader))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })

  test('are of an item that exists', async () => {
    const nowhere = `/api/core/items/${randomUUID()}/bundles`
    expect(await refused(server.session().get(nowhere))).toEqual({ status: 404, code: 'NOT_FOUND' })
    const create = server.session().post(nowhere, { json: { name: 'X' } })
    expect(await refused(create)).toEqual({ status: 404, code: 'NOT_FOUND' })
  })
})

describe('a bundle', () => {
  test('is read with links that lead somewhere, and embeds', async () => {
    const bundle = await newBundle()
    const file = await build.file(bundle.id)
    const anonymous = server.anonymous()
    const response = await anonymous.get(`${path(bundle)}?embed=item&embed=bitstreams/format&embed=unknown`)
    const document = (await response.json()) as { _links: Record<string, { href: string }> }
    expect(document).toMatchObject({
      uuid: bundle.id,
      name: 'ORIGINAL',
      handle: null,
      _embedded: {
        item: { id: bundle.itemId },
        bitstreams: {
          _embedded: { bitstreams: [{ id: file.id, _embedded: { format: { mimetype: 'text/plain' } } }] },
        },
      },
    })
    expect(Object.keys(document._links)).toEqual(['bitstreams', 'item', 'primaryBitstream', 'self'])
    const statuses = await Promise.all(
      Object.values(document._links).map(async ({ href }) => (await anonymous.get(href)).status),
    )
    expect(statuses).toEqual([200, 200, 204, 200])
    expect(await anonymous.getJson(`${path(bundle)}/item`)).toMatchObject({ id: bundle.itemId })
  })

  test('is not sent again to who has it', async () => {
    const bundle = await newBundle()
    const session = server.anonymous()
    const etag = (await session.get(path(bundle))).headers.get('etag') ?? ''
    expect((await session.get(path(bundle), { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('is not found, or not for everybody', async () => {
    const hidden = await newBundle('LICENSE')
    const read = (id: string, session = server.session()) => refused(session.get(`/api/core/bundles/${id}`))
    expect(await read(randomUUID())).toEqual({ status: 404, code: 'NOT_FOUND' })
    expect(await read('none')).toEqual({ status: 404, code: 'path-unknown' })
    expect(await read(hidden.id, server.anonymous())).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await read(hidden.id, server.session(reader))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })

  test('has neither a list of all nor PUT', async () => {
    const session = server.session()
    const bundle = await newBundle()
    const notAllowed = { status: 405, code: 'method-not-allowed' }
    expect(await refused(session.get('/api/core/bundles'))).toEqual(notAllowed)
    expect(await refused(session.put(path(bundle), { json: {} }))).toEqual(notAllowed)
    expect(await session.getJson('/api')).toMatchObject({
      _links: { bundles: { href: `${server.api}/core/bundles` } },
    })
  })

  test('is deleted with its files, by those who may, in the version that they know', async () => {
    const bundle = await newBundle()
    const file = await build.file(bundle.id)
    const remove = (session = server.session(), headers: Record<string, string> = {}) =>
      session.delete(path(bundle), { headers })
    expect(await refused(remove(server.anonymous()))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await refused(remove(server.session(reader)))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await refused(remove(server.session(), { 'if-match': '"99"' }))).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
    expect((await remove()).status).toBe(204)
    expect(await refused(remove())).toEqual({ status: 404, code: 'NOT_FOUND' })
    expect(await refused(server.session().get(href(file)))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })
})

describe('a patch of a bundle', () => {
  const move = (from: number, to: number) => ({
    op: 'move',
    from: `/_links/bitstreams/${from}/href`,
    path: `/_links/bitstreams/${to}/href`,
  })

  test('puts its files into another order', async () => {
    const bundle = await newBundle()
    for (const name of ['a', 'b', 'c']) await build.file(bundle.id, name)
    const session = server.session()
    expect((await session.patch(path(bundle), { json: [move(2, 0)] })).status).toBe(200)
    const list = await session.getJson<ListDocument>(`${path(bundle)}/bitstreams`)
    expect(list._embedded?.['bitstreams']?.map(({ name }) => name)).toEqual(['c', 'a', 'b'])
    const second = await session.getJson<ListDocument>(`${path(bundle)}/bitstreams?size=1&page=1`)
    expect(second._embedded?.['bitstreams']?.map(({ name }) => name)).toEqual(['a'])
    expect(second.page).toEqual({ size: 1, totalElements: 3, totalPages: 3, number: 1 })
  })

  test('changes its metadata and name', async () => {
    const bundle = await newBundle()
    const patch = [
      { op: 'replace', path: '/metadata/dc.title/0/value', value: 'TEXT' },
      { op: 'add', path: '/metadata/dc.description/-', value: { value: 'new' } },
    ]
    const response = await server.session().patch(path(bundle), { json: patch })
    expect(await response.json()).toMatchObject({
      name: 'TEXT',
      metadata: { 'dc.description': [{ value: 'new' }] },
    })
    expect(response.headers.get('etag')).toBe('"2-all"')
  })

  test('is refused as a whole', async () => {
    const bundle = await newBundle()
    await build.file(bundle.id)
    const patch = (json: unknown, session = server.session(), headers: Record<string, string> = {}) =>
      refused(session.patch(path(bundle), { json, headers }))
    const title = { op: 'add', path: '/metadata/dc.description/-', value: { value: 'x' } }
    expect(await patch([title, move(1, 0)])).toEqual({ status: 422, code: 'PATCH_PATH_MISSING' })
    expect(await patch([title, { op: 'remove', path: '/name' }])).toEqual({
      status: 422,
      code: 'PATCH_INVALID',
    })
    expect(await patch({})).toEqual({ status: 400, code: 'PATCH_MALFORMED' })
    expect(await patch([title], server.anonymous())).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await patch([title], server.session(reader))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await patch([title], server.session(), { 'if-match': '"7"' })).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
    const now = await server.session().getJson<{ metadata: object }>(path(bundle))
    expect(Object.keys(now.metadata)).toEqual(['dc.title'])
  })
})

describe('the primary file of a bundle', () => {
  test('is set, replaced and taken away', async () => {
    const bundle = await newBundle()
    const [first, second] = [await build.file(bundle.id, 'a'), await build.file(bundle.id, 'b')]
    const primary = `${path(bundle)}/primaryBitstream`
    const session = server.session()
    expect((await session.get(primary)).status).toBe(204)
    expect(await refused(session.put(primary, uriList(href(first))))).toEqual({
      status: 400,
      code: 'CONFLICT',
    })
    expect(await refused(session.delete(primary))).toEqual({ status: 400, code: 'CONFLICT' })

    const created = await session.post(primary, uriList(`${href(first)}\n`))
    expect(created.status).toBe(201)
    expect(await created.json()).toMatchObject({ type: 'bundle', id: bundle.id })
    expect(await session.getJson(primary)).toMatchObject({ type: 'bitstream', id: first.id })
    expect(await session.getJson(`${path(bundle)}?embed=primaryBitstream`)).toMatchObject({
      _embedded: { primaryBitstream: { id: first.id } },
    })
    expect(await refused(session.post(primary, uriList(href(second))))).toEqual({
      status: 400,
      code: 'CONFLICT',
    })
    expect((await session.put(primary, uriList(href(second)))).status).toBe(200)
    expect(await session.getJson(primary)).toMatchObject({ id: second.id })
    expect((await session.delete(primary)).status).toBe(204)
    expect((await session.get(primary)).status).toBe(204)
    expect((await session.get(href(second))).status).toBe(200)
  })

  test('is one file of this very bundle', async () => {
    const bundle = await newBundle()
    const file = await build.file(bundle.id)
    const elsewhere = await build.file((await newBundle()).id)
    const set = (body: string, session = server.session()) =>
      refused(session.post(`${path(bundle)}/primaryBitstream`, uriList(body)))
    const badReference = { status: 422, code: 'REFERENCE_INVALID' }
    expect(await set(href(elsewhere))).toEqual(badReference)
    expect(await set(href({ id: randomUUID() }))).toEqual(badReference)
    expect(await set(`${server.api}/core/items/${bundle.itemId}`)).toEqual(badReference)
    expect(await set(`${href(file)}\n${href(elsewhere)}`)).toEqual({ status: 400, code: 'one-uri-expected' })
    expect(await set('')).toEqual({ status: 400, code: 'one-uri-expected' })
    expect(await set(href(file), server.anonymous())).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await set(href(file), server.session(reader))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    const nowhere = `/api/core/bundles/${randomUUID()}/primaryBitstream`
    const notFound = { status: 404, code: 'NOT_FOUND' }
    expect(await refused(server.session().post(nowhere, uriList(href(file))))).toEqual(notFound)
    expect(await refused(server.session().get(nowhere))).toEqual(notFound)
  })
})
