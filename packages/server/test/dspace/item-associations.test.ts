import type { DSpaceSession } from '@hexapla/client'
import { metadataValue, SYSTEM_ACTOR, type Item } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'
import { readsIn } from './statements.ts'

const NOBODY = '00000000-0000-4000-8000-00000000dead'

let server: TestServer
let admin: DSpaceSession
let person: DSpaceSession
let build: ReturnType<typeof buildersFor>

beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  build = buildersFor(server.repository)
  const account = { email: 'somebody@example.org', password: 'a long enough passphrase' }
  await createPerson(admin, account)
  person = server.session(account)
})
afterAll(() => server.stop())

const pathOf = (item: Pick<Item, 'id'>) => `/api/core/items/${item.id}`
const uriOf = (collection: { id: string }) => `${server.api}/core/collections/${collection.id}`
const uriList = (...collections: { id: string }[]) => ({
  headers: { 'content-type': 'text/uri-list' },
  body: collections.map(uriOf).join('\n'),
})

/** An item that is no template's and is nobody's yet. */
async function templateItem(): Promise<{ id: string; collectionId: string }> {
  const collection = await build.collection()
  const template = await server.repository.useCases.collections.createTemplate(SYSTEM_ACTOR, {
    collectionId: collection.id,
    metadata: {},
  })
  return { id: template.id, collectionId: collection.id }
}

describe('the owning collection', () => {
  test('is shown, and changed by whoever administers the item', async () => {
    const item = await build.item()
    const target = await build.collection('Target')
    const path = `${pathOf(item)}/owningCollection`
    expect(await server.anonymous().getJson(path)).toMatchObject({ uuid: item.owningCollectionId })
    expect((await admin.put(path, uriList(target))).status).toBe(204)
    expect(await server.anonymous().getJson(path)).toMatchObject({ uuid: target.id })
    expect((await admin.get(pathOf(item))).headers.get('etag')).toMatch(/^"2/)
  })

  test('gives the item its rights when asked to', async () => {
    const target = await build.collection()
    await admin.post(`/api/core/collections/${target.id}/itemReadGroup`, { json: {} })
    const [kept, inheriting] = [await build.item(), await build.item()]
    await admin.put(`${pathOf(kept)}/owningCollection`, uriList(target))
    await admin.put(`${pathOf(inheriting)}/owningCollection?inheritPolicies=true`, uriList(target))
    expect((await fetch(`${server.api}/core/items/${kept.id}`)).status).toBe(200)
    expect((await fetch(`${server.api}/core/items/${inheriting.id}`)).status).toBe(401)
  })

  test('is exactly one that there is; the item too', async () => {
    const item = await build.item()
    const [one, two] = [await build.collection(), await build.collection()]
    const put = (list: object, of: { id: string } = item, session = admin) =>
      refused(session.put(`${pathOf(of)}/owningCollection`, list))
    expect(await put(uriList({ id: NOBODY }))).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
    expect(await put(uriList(one, two))).toEqual({ status: 400, code: 'one-uri-expected' })
    expect(await put({ ...uriList(), body: `${server.api}/core/items/${item.id}` })).toEqual({
      status: 422,
      code: 'REFERENCE_INVALID',
    })
    expect(await put({ json: {} })).toMatchObject({ status: 415 })
    expect(await put(uriList(one), { id: NOBODY })).toEqual({ status: 404, code: 'NOT_FOUND' })
    expect(await put(uriList(one), item, person)).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    const stale = { ...uriList(one), headers: { 'content-type': 'text/uri-list', 'if-match': '"7"' } }
    expect(await put(stale)).toEqual({ status: 412, code: 'VERSION_CONFLICT' })
  })
})

describe('mapped collections', () => {
  test('are added, listed, and taken away, again and again', async () => {
    const item = await build.item()
    const [one, two] = [await build.collection('One'), await build.collection('Two')]
    const path = `${pathOf(item)}/mappedCollections`
    const listed = async () =>
      (
        await server
          .anonymous()
          .getJson<{ _embedded?: { collections: { uuid: string }[] } }>(`${path}?sort=dc.title,ASC`)
      )._embedded?.collections.map(({ uuid }) => uuid) ?? []
    expect(await listed()).toEqual([])
    for (const _again of [1, 2]) expect((await admin.post(path, uriList(one, two))).status).toBe(204)
    expect(await listed()).toEqual([one.id, two.id])
    for (const _again of [1, 2]) expect((await admin.delete(`${path}/${one.id}`)).status).toBe(204)
    expect(await listed()).toEqual([two.id])
  })

  test('are neither unknown nor the owning one, and of no template', async () => {
    const item = await build.item()
    const collection = await build.collection()
    const path = `${pathOf(item)}/mappedCollections`
    const owner = { id: item.owningCollectionId ?? '' }
    const invalid = { status: 422, code: 'REFERENCE_INVALID' }
    expect(await refused(admin.post(path, uriList({ id: NOBODY })))).toEqual(invalid)
    expect(await refused(admin.post(path, uriList(collection, owner)))).toEqual(invalid)
    expect(await refused(admin.delete(`${path}/${owner.id}`))).toEqual(invalid)
    expect(await refused(admin.delete(`${path}/${NOBODY}`))).toEqual(invalid)
    expect(await refused(admin.post(path, uriList()))).toEqual({ status: 422, code: 'uri-expected' })
    expect(await admin.getJson(path)).toMatchObject({ page: { totalElements: 0 } })
    const template = await templateItem()
    expect(await refused(admin.post(`${pathOf(template)}/mappedCollections`, uriList(collection)))).toEqual({
      status: 405,
      code: 'CONFLICT',
    })
    expect(await refused(person.post(path, uriList(collection)))).toEqual({
      status: 403,
      code: 'NOT_ALLOWED',
    })
  })
})

describe('what an item leads to', () => {
  test('is its collection only for a template', async () => {
    expect((await admin.get(`${pathOf(await build.item())}/templateItemOf`)).status).toBe(204)
    const template = await templateItem()
    expect(await admin.getJson(`${pathOf(template)}/templateItemOf`)).toMatchObject({
      uuid: template.collectionId,
      type: 'collection',
    })
    expect((await admin.get(`${pathOf(template)}/owningCollection`)).status).toBe(204)
  })

  test('is a thumbnail, once there is one', async () => {
    const item = await build.item()
    const path = `${pathOf(item)}/thumbnail`
    expect((await server.anonymous().get(path)).status).toBe(204)
    await build.file((await build.bundle(item.id)).id, 'picture.png')
    const thumbnail = await build.file((await build.bundle(item.id, 'THUMBNAIL')).id, 'picture.png.jpg')
    expect(await server.anonymous().getJson(path)).toMatchObject({ uuid: thumbnail.id, type: 'bitstream' })
  })

  test('is the person who submitted it, for that person and administrators', async () => {
    const collection = await build.collection()
    const created = await admin.post(`/api/core/items?owningCollection=${collection.id}`, {
      json: { metadata: {} },
    })
    const { uuid } = (await created.json()) as { uuid: string }
    const path = `/api/core/items/${uuid}/submitter`
    expect(await admin.getJson(path)).toMatchObject({ type: 'eperson' })
    for (const session of [person, server.anonymous()]) expect((await session.get(path)).status).toBe(204)
    expect((await admin.get(`${pathOf(await build.item())}/submitter`)).status).toBe(204)
  })

  test('is its identifiers and its access status, which are embedded too', async () => {
    const item = await build.item()
    const identifiers = {
      type: 'identifiers',
      identifiers: [{ value: item.handle, identifierType: 'handle', type: 'identifier' }],
    }
    const status = (value: string) => ({ type: 'accessStatus', status: value, embargoDate: null })
    const anonymous = server.anonymous()
    expect(await anonymous.getJson(`${pathOf(item)}/identifiers`)).toMatchObject(identifiers)
    expect(await anonymous.getJson(`${pathOf(item)}/accessStatus`)).toMatchObject(status('metadata.only'))
    await build.file((await build.bundle(item.id)).id)
    expect(await anonymous.getJson(`${pathOf(item)}/accessStatus`)).toMatchObject(status('open.access'))
    expect(await anonymous.getJson(`${pathOf(item)}?embed=identifiers,accessStatus`)).toMatchObject({
      _embedded: { identifiers, accessStatus: status('open.access') },
    })
  })

  test.each([
    'owningCollection',
    'mappedCollections',
    'templateItemOf',
    'thumbnail',
    'submitter',
    'identifiers',
    'accessStatus',
  ])('is no %s where there is no item', async (name) => {
    expect(await refused(admin.get(`/api/core/items/${NOBODY}/${name}`))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    })
  })

  test('is no version yet, for whoever may read it', async () => {
    const item = await build.item()
    const path = `${pathOf(item)}/version`
    expect((await server.anonymous().get(path)).status).toBe(204)
    expect(await admin.getJson(`${pathOf(item)}?embed=version/versionhistory`)).toMatchObject({
      _links: { version: { href: `${server.api}/core/items/${item.id}/version` } },
      _embedded: { version: null },
    })
    const unknown = admin.get(`${pathOf({ id: NOBODY })}/version`)
    expect(await refused(unknown)).toEqual({ status: 404, code: 'NOT_FOUND' })
    await server.repository.database.write
      .deleteFrom('resource_policy')
      .where('resource_id', '=', item.id)
      .execute()
    expect(await refused(server.anonymous().get(path))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await refused(person.get(path))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })

  test('costs the same in a list of many items', async () => {
    const path = '/api/core/items?size=100&projection=full'
    const add = async () => {
      const item = await build.item()
      await build.file((await build.bundle(item.id)).id)
    }
    await add()
    await admin.login()
    const few = await readsIn(server, () => admin.getJson(path))
    for (let count = 0; count < 5; count += 1) await add()
    expect(await readsIn(server, () => admin.getJson(path))).toBe(few)
  })
})

describe('search by custom URL', () => {
  const search = (q: string) => `/api/core/items/search/findByCustomURL?q=${encodeURIComponent(q)}`
  const custom = (url: string) => ({ 'dspace.customurl': [metadataValue(url)] })

  test('finds an item by that or by its uuid', async () => {
    const item = await build.item('Named', undefined, custom('a-named_item'))
    for (const q of ['a-named_item', item.id, item.id.toUpperCase()]) {
      expect(await server.anonymous().getJson(search(q))).toMatchObject({ uuid: item.id, type: 'item' })
    }
    for (const q of ['named', 'a-named_item-too', NOBODY]) {
      expect(await refused(admin.get(search(q)))).toEqual({ status: 404, code: 'NOT_FOUND' })
    }
    expect(await refused(admin.get(search('')))).toEqual({ status: 400, code: 'argument-invalid' })
  })

  test('fails when several have it', async () => {
    await build.item('One', undefined, custom('twice'))
    await build.item('Two', undefined, custom('twice'))
    expect((await fetch(`${server.url}/server${search('twice')}`)).status).toBe(500)
  })

  test('is listed with the other search method', async () => {
    const { _links: links } = await admin.getJson<{ _links: object }>('/api/core/items/search')
    expect(Object.keys(links)).toEqual(['findEditAuthorized', 'findByCustomURL', 'self'])
  })
})
