import type { DSpaceSession } from '@hexapla/client'
import { metadataValue, SYSTEM_ACTOR } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'
import { readsIn } from './statements.ts'

const COLLECTIONS = '/api/core/collections'
const NOBODY = '00000000-0000-4000-8000-00000000dead'
const titled = (text: string) => ({ metadata: { 'dc.title': [{ value: text }] } })

interface Document {
  readonly uuid: string
  readonly name: string
  readonly _embedded?: Record<string, Document[]>
  readonly _links: Record<string, unknown>
}

let server: TestServer
let admin: DSpaceSession
let person: DSpaceSession
let personId: string
let build: ReturnType<typeof buildersFor>

beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  build = buildersFor(server.repository)
  const account = { email: 'somebody@example.org', password: 'a long enough passphrase' }
  personId = await createPerson(admin, account)
  person = server.session(account)
})
afterAll(() => server.stop())

const pathOf = (collection: { id: string }) => `${COLLECTIONS}/${collection.id}`
const names = (list: unknown) => (list as Document)._embedded?.['collections']?.map(({ name }) => name) ?? []

/** Makes the person a member of a new group with a role. */
async function give(collection: { id: string }, group: string): Promise<void> {
  const created = (await (
    await admin.post(`${pathOf(collection)}/${group}`, { json: {} })
  ).json()) as Document
  await admin.post(`/api/eperson/groups/${created.uuid}/epersons`, {
    headers: { 'content-type': 'text/uri-list' },
    body: `${server.api}/eperson/epersons/${personId}`,
  })
}

describe('creating', () => {
  test('puts a collection into its community', async () => {
    const community = await build.community()
    const response = await admin.post(`${COLLECTIONS}?parent=${community.id}`, { json: titled('New') })
    expect(response.status).toBe(201)
    const created = (await response.json()) as Document
    expect(created).toMatchObject({ type: 'collection', name: 'New', archivedItemsCount: -1 })
    expect(response.headers.get('location')).toBe(`${server.api}/core/collections/${created.uuid}`)
    expect(await server.anonymous().getJson(`${COLLECTIONS}/${created.uuid}/parentCommunity`)).toMatchObject({
      uuid: community.id,
      type: 'community',
    })
  })

  test('is refused without a community and without right', async () => {
    const post = (session: DSpaceSession, query: string) =>
      refused(session.post(`${COLLECTIONS}${query}`, { json: titled('X') }))
    expect(await post(admin, '')).toEqual({ status: 400, code: 'argument-invalid' })
    expect(await post(admin, `?parent=${NOBODY}`)).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
    const { id } = await build.community()
    expect(await post(person, `?parent=${id}`)).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })
})

describe('a single collection', () => {
  test('names all that the web UI looks for', async () => {
    const collection = await build.collection()
    const shown = await server.anonymous().getJson<Document>(pathOf(collection))
    const self = `${server.api}/core/collections/${collection.id}`
    expect(shown._links).toMatchObject({
      defaultAccessConditions: { href: `${self}/defaultAccessConditions` },
      itemtemplate: { href: `${self}/itemtemplate` },
      workflowGroups: ['reviewer', 'editor', 'finaleditor'].map((name) => ({
        name,
        href: `${self}/workflowGroups/${name}`,
      })),
    })
  })

  test('is replaced and patched but for what is fixed, and deleted once', async () => {
    const collection = await build.collection()
    const fixed = { uuid: collection.id, handle: collection.handle, type: { value: 'collection' } }
    const replaced = await admin.put(pathOf(collection), { json: { ...titled('Replaced'), ...fixed } })
    expect(await replaced.json()).toMatchObject({ name: 'Replaced' })
    const other = { ...titled('Other'), handle: '1/2' }
    expect(await refused(admin.put(pathOf(collection), { json: other }))).toEqual({
      status: 422,
      code: 'property-fixed',
    })
    const json = [{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'Patched' }]
    expect(await (await admin.patch(pathOf(collection), { json })).json()).toMatchObject({ name: 'Patched' })
    expect(await refused(admin.patch(pathOf(collection), { json, headers: { 'if-match': '"1"' } }))).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
    expect(await refused(person.delete(pathOf(collection)))).toMatchObject({ status: 403 })
    expect((await admin.delete(pathOf(collection))).status).toBe(204)
    expect(await refused(admin.get(pathOf(collection)))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test('has a logo', async () => {
    const path = `${pathOf(await build.collection())}/logo`
    expect((await admin.get(path)).status).toBe(204)
    const file = new Blob(['a picture'], { type: 'image/png' })
    expect((await admin.upload(path, { file, name: 'logo.png' })).status).toBe(201)
    expect(await server.anonymous().getJson(path)).toMatchObject({ name: 'logo.png' })
    expect(await refused(admin.upload(path, { file, name: 'logo.png' }))).toMatchObject({ status: 422 })
  })

  test('tells its licence, its own or that of the repository', async () => {
    const collection = await build.collection()
    const path = `${pathOf(collection)}/license`
    const license = await admin.getJson<{ custom: boolean; text: string }>(path)
    expect(license).toMatchObject({ custom: false, type: 'license' })
    expect(license.text).toContain('permit this repository')
    await admin.patch(pathOf(collection), {
      json: [{ op: 'add', path: '/metadata/dc.rights.license', value: [{ value: 'Our own' }] }],
    })
    expect(await admin.getJson(path)).toMatchObject({ custom: true, text: 'Our own' })
    expect(await admin.getJson(`${pathOf(collection)}?embed=license`)).toMatchObject({
      _embedded: { license: { custom: true, _links: { self: { href: server.api.slice(0, -4) + path } } } },
    })
  })

  test('tells what files inherit', async () => {
    const collection = await build.collection()
    const list = await server.anonymous().getJson<Document>(`${pathOf(collection)}/defaultAccessConditions`)
    expect(list).toMatchObject({
      page: { totalElements: 1 },
      _embedded: {
        resourcepolicies: [
          { action: 'DEFAULT_BITSTREAM_READ', type: 'resourcepolicy', policyType: 'TYPE_INHERITED' },
        ],
      },
    })
    const [policy] = list._embedded?.['resourcepolicies'] ?? []
    const { href } = (policy?._links ?? {})['self'] as { href: string }
    expect(await person.getJson(href)).toEqual(policy)
    expect((await fetch(href)).status).toBe(401)
    expect(await refused(admin.get('/api/authz/resourcepolicies/999999'))).toMatchObject({ status: 404 })
    const beyond = await admin.getJson<Document>(`${pathOf(collection)}/defaultAccessConditions?page=1`)
    expect(beyond._embedded).toBeUndefined()
    const embedding = `${pathOf(collection)}?embed=defaultAccessConditions/group`
    expect(await person.getJson(embedding)).toMatchObject({
      _embedded: {
        defaultAccessConditions: {
          page: { totalElements: 1, size: 20 },
          _links: {
            self: { href: `${server.api}/core/collections/${collection.id}/defaultAccessConditions` },
          },
          _embedded: { resourcepolicies: [{ ...policy, _embedded: { group: { name: 'Anonymous' } } }] },
        },
      },
    })
  })

  test('lists the items that are mapped into it', async () => {
    const collection = await build.collection()
    const item = await build.item('Mapped')
    await server.repository.useCases.items.map(SYSTEM_ACTOR, {
      itemId: item.id,
      collectionIds: [collection.id],
    })
    const mapped = { page: { totalElements: 1 }, _embedded: { items: [{ uuid: item.id }] } }
    expect(await server.anonymous().getJson(`${pathOf(collection)}/mappedItems`)).toMatchObject(mapped)
    expect(await server.anonymous().getJson(`${pathOf(collection)}?embed=mappedItems`)).toMatchObject({
      _embedded: { mappedItems: mapped },
    })
  })
})

describe('the groups with a role', () => {
  test.each([
    ['adminGroup', 'ADMIN'],
    ['submittersGroup', 'SUBMIT'],
    ['workflowGroups/reviewer', 'WORKFLOW_ROLE_reviewer'],
    ['workflowGroups/editor', 'WORKFLOW_ROLE_editor'],
    ['workflowGroups/finaleditor', 'WORKFLOW_ROLE_finaleditor'],
  ])('%s is created, read and deleted', async (group, ending) => {
    const collection = await build.collection()
    const path = `${pathOf(collection)}/${group}`
    expect((await admin.get(path)).status).toBe(204)
    const created = await admin.post(path, { json: { metadata: {} } })
    expect([created.status, await created.json()]).toMatchObject([
      201,
      { name: `COLLECTION_${collection.id}_${ending}` },
    ])
    expect(await refused(admin.post(path, { json: {} }))).toEqual({ status: 422, code: 'INVALID' })
    expect((await admin.delete(path)).status).toBe(204)
    expect(await refused(admin.delete(path))).toEqual({ status: 422, code: 'INVALID' })
  })

  test.each([
    ['itemReadGroup', 'ITEM_DEFAULT_READ'],
    ['bitstreamReadGroup', 'BITSTREAM_DEFAULT_READ'],
  ])('%s is everybody until there is one, embedded too', async (group, ending) => {
    const collection = await build.collection()
    const path = `${pathOf(collection)}/${group}`
    const embedded = () => admin.getJson(`${pathOf(collection)}?embed=${group}`)
    for (const name of ['Anonymous', `COLLECTION_${collection.id}_${ending}`, 'Anonymous']) {
      expect(await admin.getJson(path)).toMatchObject({ name })
      expect(await embedded()).toMatchObject({ _embedded: { [group]: { name } } })
      if (name === 'Anonymous') await admin.post(path, { json: {} }).catch(() => undefined)
      else await admin.delete(path)
    }
  })

  test('of the workflow are embedded as an array, those that there are', async () => {
    const collection = await build.collection()
    const embedded = (session: DSpaceSession) =>
      session.getJson<Document>(`${pathOf(collection)}?embed=workflowGroups/object`)
    expect((await embedded(admin))._embedded).toEqual({ workflowGroups: [] })
    for (const role of ['finaleditor', 'reviewer']) {
      await admin.post(`${pathOf(collection)}/workflowGroups/${role}`, { json: {} })
    }
    const object = { object: { uuid: collection.id } }
    expect((await embedded(admin))._embedded?.['workflowGroups']).toMatchObject([
      { type: 'group', name: `COLLECTION_${collection.id}_WORKFLOW_ROLE_reviewer`, _embedded: object },
      { type: 'group', name: `COLLECTION_${collection.id}_WORKFLOW_ROLE_finaleditor`, _embedded: object },
    ])
    expect((await embedded(person))._embedded).toEqual({ workflowGroups: [] })
  })

  test('are for those who administer the collection; other roles there are none', async () => {
    const collection = await build.collection()
    expect(await refused(person.get(`${pathOf(collection)}/submittersGroup`))).toMatchObject({ status: 403 })
    expect(await refused(person.post(`${pathOf(collection)}/adminGroup`, { json: {} }))).toMatchObject({
      status: 403,
    })
    const unknown = admin.get(`${pathOf(collection)}/workflowGroups/nothing`)
    expect(await refused(unknown)).toMatchObject({ status: 404 })
    await give(collection, 'adminGroup')
    expect((await person.get(`${pathOf(collection)}/submittersGroup`)).status).toBe(204)
  })
})

describe('search methods', () => {
  const search = (method: string) => `${COLLECTIONS}/search/${method}`

  test('are listed, with templates where they need something', async () => {
    const { _links: links } = await admin.getJson<Document>(`${COLLECTIONS}/search`)
    expect(links).toMatchObject({
      findSubmitAuthorized: { href: `${server.api}/core/collections/search/findSubmitAuthorized` },
      findSubmitAuthorizedByCommunity: {
        href: `${server.api}/core/collections/search/findSubmitAuthorizedByCommunity{?uuid}`,
        templated: true,
      },
    })
    expect(await admin.getJson(COLLECTIONS)).toMatchObject({
      _links: { search: { href: `${server.api}/core/collections/search` } },
    })
  })

  test('find where one may submit, by community, type of entity and words', async () => {
    const [here, there] = [await build.community(), await build.community()]
    const papers = await server.repository.useCases.collections.create(SYSTEM_ACTOR, {
      parentId: here.id,
      metadata: {
        'dc.title': [metadataValue('Papers')],
        'dspace.entity.type': [metadataValue('Publication')],
      },
    })
    const maps = await build.collection('Maps', there.id)
    for (const collection of [papers, maps]) await give(collection, 'submittersGroup')
    const find = async (method: string) => names(await person.getJson(search(method))).toSorted()
    expect(await find('findSubmitAuthorized')).toEqual(expect.arrayContaining(['Maps', 'Papers']))
    expect(await find('findSubmitAuthorized?query=pap')).toEqual(['Papers'])
    expect(await find(`findSubmitAuthorizedByCommunity?uuid=${there.id}`)).toEqual(['Maps'])
    expect(await find('findSubmitAuthorizedByEntityType?entityType=Publication')).toEqual(['Papers'])
    const both = 'findSubmitAuthorizedByCommunityAndEntityType?entityType=Publication&uuid='
    expect(await find(both + here.id)).toEqual(['Papers'])
    expect(await find(both + there.id)).toEqual([])
    expect(names(await server.anonymous().getJson(search('findSubmitAuthorized')))).toEqual([])
  })

  test('find what one may administer or edit', async () => {
    const collection = await build.collection('Looked after')
    await give(collection, 'adminGroup')
    for (const method of ['findAdminAuthorized', 'findEditAuthorized']) {
      expect(names(await person.getJson(search(`${method}?query=looked`)))).toEqual(['Looked after'])
      expect((await fetch(`${server.api}/core/collections/search/${method}`)).status).toBe(401)
    }
  })

  test.each([
    'findSubmitAuthorizedByCommunity',
    'findSubmitAuthorizedByCommunity?uuid=x',
    'findSubmitAuthorizedByEntityType',
    `findSubmitAuthorizedByCommunityAndEntityType?uuid=${NOBODY}`,
    'findSubmitAuthorizedByCommunityAndEntityType?entityType=Publication',
  ])('%s lacks something', async (method) => {
    expect(await refused(admin.get(search(method)))).toEqual({ status: 400, code: 'argument-invalid' })
  })
})

describe('the item template', () => {
  const type = { 'dc.type': [{ value: 'Article', language: 'en' }] }
  const templateOf = (collection: { id: string }) => `${pathOf(collection)}/itemtemplate`

  test('is created, read by either address, patched and deleted', async () => {
    const collection = await build.collection()
    expect((await admin.get(templateOf(collection))).status).toBe(204)
    const created = await admin.post(templateOf(collection), {
      json: { metadata: type, inArchive: false, discoverable: false, withdrawn: false, type: 'item' },
    })
    expect(created.status).toBe(201)
    const template = (await created.json()) as Document
    const path = `/api/core/itemtemplates/${template.uuid}`
    expect(created.headers.get('location')).toBe(`${server.url}/server${path}`)
    expect(template).toMatchObject({
      type: 'itemtemplate',
      name: null,
      handle: null,
      inArchive: false,
      _links: { templateItemOf: { href: `${server.api}/core/collections/${collection.id}` } },
    })
    expect(await admin.getJson(path)).toEqual(template)
    expect(await admin.getJson(templateOf(collection))).toEqual(template)
    expect(await admin.getJson(`${pathOf(collection)}?embed=itemtemplate/templateItemOf`)).toMatchObject({
      _embedded: {
        itemtemplate: { uuid: template.uuid, _embedded: { templateItemOf: { uuid: collection.id } } },
      },
    })
    const json = [{ op: 'replace', path: '/metadata/dc.type/0/value', value: 'Book' }]
    expect(await (await admin.patch(path, { json })).json()).toMatchObject({
      metadata: { 'dc.type': [{ value: 'Book' }] },
    })
    const stale = admin.patch(path, { json, headers: { 'if-match': '"1"' } })
    expect(await refused(stale)).toEqual({ status: 412, code: 'VERSION_CONFLICT' })
    expect((await admin.delete(path)).status).toBe(204)
    expect(await refused(admin.get(path))).toEqual({ status: 404, code: 'NOT_FOUND' })
    expect((await admin.get(templateOf(collection))).status).toBe(204)
  })

  test.each(['inArchive', 'discoverable', 'withdrawn'])('is never %s', async (state) => {
    const collection = await build.collection()
    const json = { metadata: type, [state]: true }
    expect(await refused(admin.post(templateOf(collection), { json }))).toEqual({
      status: 422,
      code: 'template-invalid',
    })
  })

  test('is one a collection, for those who may edit it; there is no list', async () => {
    const collection = await build.collection()
    await admin.post(templateOf(collection), { json: { metadata: type } })
    expect(await refused(admin.post(templateOf(collection), { json: { metadata: type } }))).toEqual({
      status: 422,
      code: 'INVALID',
    })
    expect(await refused(person.get(templateOf(collection)))).toMatchObject({ status: 403 })
    expect(await refused(person.post(templateOf(collection), { json: {} }))).toMatchObject({ status: 403 })
    expect(await refused(admin.get('/api/core/itemtemplates'))).toMatchObject({ status: 405 })
    const item = await build.item()
    expect(await refused(admin.get(`/api/core/itemtemplates/${item.id}`))).toMatchObject({ status: 404 })
  })
})

test('a page of collections costs the same with everything embedded, however many there are', async () => {
  const path = `${COLLECTIONS}?size=100&projection=full`
  await admin.login()
  const few = await readsIn(server, () => admin.getJson(path))
  const parent = await build.community()
  for (let index = 0; index < 5; index += 1) {
    const collection = await build.collection(`Another ${index}`, parent.id)
    await admin.post(`${pathOf(collection)}/itemtemplate`, { json: { metadata: {} } })
  }
  const many = await readsIn(server, () => admin.getJson(path))
  expect(many).toBe(few)
})
