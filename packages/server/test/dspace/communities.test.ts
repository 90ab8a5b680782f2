import { createHash } from 'node:crypto'
import type { DSpaceSession } from '@hexapla/client'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'
import { readsIn } from './statements.ts'

const COMMUNITIES = '/api/core/communities'
const NOBODY = '00000000-0000-4000-8000-00000000dead'
const titled = (text: string) => ({ metadata: { 'dc.title': [{ value: text }] } })

interface Document {
  readonly uuid: string
  readonly name: string
  readonly handle: string
  readonly _embedded: Record<string, unknown>
  readonly _links: Record<string, { href: string }>
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

const pathOf = (community: { id: string }) => `${COMMUNITIES}/${community.id}`
const names = (list: unknown, key: string) =>
  (((list as Document)._embedded ?? {})[key] as Document[] | undefined)?.map(({ name }) => name) ?? []

describe('creating', () => {
  test('puts a community at the top, with the body that the web UI sends', async () => {
    const response = await admin.post(COMMUNITIES, {
      json: {
        type: { value: 'community' },
        metadata: {
          'dc.title': [{ language: null, value: 'New' }],
          'dc.description': [{ language: null }],
        },
      },
    })
    expect(response.status).toBe(201)
    const created = (await response.json()) as Document
    expect(created).toMatchObject({ type: 'community', name: 'New', archivedItemsCount: -1 })
    expect(created).not.toHaveProperty(['metadata', 'dc.description'])
    expect(response.headers.get('location')).toBe(`${server.api}/core/communities/${created.uuid}`)
    expect((await admin.get(`${COMMUNITIES}/${created.uuid}/parentCommunity`)).status).toBe(204)
  })

  test('within another one names its parent', async () => {
    const top = await build.community('Parent')
    const response = await admin.post(`${COMMUNITIES}?parent=${top.id}`, { json: titled('Child') })
    const { uuid } = (await response.json()) as Document
    expect(await server.anonymous().getJson(`${COMMUNITIES}/${uuid}/parentCommunity`)).toMatchObject({
      uuid: top.id,
    })
    expect(names(await admin.getJson(`${COMMUNITIES}/${top.id}/subcommunities`), 'communities')).toEqual([
      'Child',
    ])
  })

  test('is refused without such a parent, without right, and with metadata that nobody knows', async () => {
    const post = (session: DSpaceSession, query = '', json: unknown = titled('X')) =>
      refused(session.post(`${COMMUNITIES}${query}`, { json }))
    expect(await post(admin, `?parent=${NOBODY}`)).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
    expect(await post(admin, '?parent=17')).toEqual({ status: 400, code: 'argument-invalid' })
    expect(await post(admin, '', [])).toEqual({ status: 422, code: 'document-invalid' })
    expect(await post(admin, '', { metadata: { 'dc.nothing': [{ value: 'x' }] } })).toEqual({
      status: 422,
      code: 'FIELD_UNKNOWN',
    })
    expect(await post(person)).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect((await fetchWith('POST', `${server.api}/core/communities`, titled('X'))).status).toBe(401)
  })
})

/** A write of somebody who has not signed in. */
function fetchWith(method: string, url: string, json: unknown): Promise<Response> {
  return fetch(url, {
    method,
    headers: { 'content-type': 'application/json', cookie: 'DSPACE-XSRF-COOKIE=t', 'x-xsrf-token': 't' },
    body: JSON.stringify(json),
  })
}

describe('lists', () => {
  test('walk from the list to its search methods, as the web UI does', async () => {
    const list = await server.anonymous().getJson<Document>(COMMUNITIES)
    const search = await server.anonymous().getJson<Document>(list._links['search']?.href ?? '')
    expect(Object.keys(search._links)).toEqual([
      'top',
      'findAdminAuthorized',
      'findEditAuthorized',
      'findAddAuthorized',
      'self',
    ])
    const top = await server.anonymous().getJson<Document>(search._links['top']?.href ?? '')
    expect(top).toMatchObject({ page: { number: 0 } })
  })

  test('top holds those without a parent only, in the order asked for', async () => {
    const [b, a] = [await build.community('zz B'), await build.community('zz A')]
    await build.community('zz C', b.id)
    const shown = names(
      await admin.getJson(`${COMMUNITIES}/search/top?size=100&sort=dc.title,DESC`),
      'communities',
    )
    expect(shown.filter((name) => name.startsWith('zz'))).toEqual(['zz B', 'zz A'])
    const all = names(await admin.getJson(`${COMMUNITIES}?size=100&sort=dc.title,ASC`), 'communities')
    expect(all.filter((name) => name.startsWith('zz'))).toEqual(['zz A', 'zz B', 'zz C'])
    expect(a.parentId).toBeNull()
  })

  test('cost the same with any number of communities and what is embedded in them', async () => {
    const embeds = 'embed=subcommunities/adminGroup,collections,logo,parentCommunity,adminGroup'
    const path = `${COMMUNITIES}/search/top?size=100&embed.size=subcommunities=1&${embeds}`
    const add = async () => {
      const top = await build.community('Many')
      await build.community('Sub', top.id)
      await build.collection('In it', top.id)
    }
    await add()
    await admin.login()
    const few = await readsIn(server, () => admin.getJson(path))
    for (let count = 0; count < 5; count += 1) await add()
    const many = await readsIn(server, () => admin.getJson(path))
    expect(many).toBe(few)
    expect(many).toBeLessThanOrEqual(10)
  })

  test('of what one may administer, edit or add to are for people', async () => {
    const mine = await build.community('Mine alone')
    const group = await admin.post(`${pathOf(mine)}/adminGroup`, { json: {} })
    const { uuid } = (await group.json()) as Document
    await admin.post(`/api/eperson/groups/${uuid}/epersons`, {
      headers: { 'content-type': 'text/uri-list' },
      body: `${server.api}/eperson/epersons/${personId}`,
    })
    for (const method of ['findAdminAuthorized', 'findEditAuthorized', 'findAddAuthorized']) {
      const path = `${COMMUNITIES}/search/${method}`
      expect(names(await person.getJson(path), 'communities')).toEqual(['Mine alone'])
      expect(names(await person.getJson(`${path}?query=ali`), 'communities')).toEqual([])
      expect(names(await person.getJson(`${path}?query=alo`), 'communities')).toEqual(['Mine alone'])
      expect((await fetch(`${server.api}/core/communities/search/${method}`)).status).toBe(401)
    }
  })
})

describe('a single community', () => {
  test('is read within two statements, and is 304 to who has it', async () => {
    const url = `${server.api}/core/communities/${(await build.community()).id}`
    const etag = (await fetch(url)).headers.get('etag') ?? ''
    expect(await readsIn(server, () => fetch(url))).toBeLessThanOrEqual(2)
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('embeds what it leads to, and null for what it has not', async () => {
    const top = await build.community('Top')
    const sub = await build.community('Sub', top.id)
    const embed = 'logo,subcommunities,collections,parentCommunity/parentCommunity,adminGroup'
    expect(await admin.getJson(`${pathOf(sub)}?embed=${embed}`)).toMatchObject({
      _embedded: {
        adminGroup: null,
        logo: null,
        subcommunities: { page: { totalElements: 0 } },
        collections: { page: { totalElements: 0 } },
        parentCommunity: { uuid: top.id, _embedded: { parentCommunity: null } },
      },
    })
  })

  test('is patched and replaced, one version on, unless another was expected', async () => {
    const community = await build.community('Before')
    const title = [{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'After' }]
    const patched = await admin.patch(pathOf(community), { json: title, headers: { 'if-match': '"1"' } })
    expect(await patched.json()).toMatchObject({ name: 'After' })
    const stale = { headers: { 'if-match': '"1"' } }
    expect(await refused(admin.patch(pathOf(community), { json: title, ...stale }))).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
    const put = await admin.put(pathOf(community), {
      json: { ...titled('Replaced'), uuid: community.id, handle: community.handle, type: 'community' },
    })
    expect(put.headers.get('etag')).toMatch(/^"3/)
    expect(await put.json()).toMatchObject({ name: 'Replaced' })
    expect(await refused(admin.put(pathOf(community), { json: titled('X'), ...stale }))).toMatchObject({
      status: 412,
    })
  })

  test.each([
    ['uuid', NOBODY],
    ['id', NOBODY],
    ['handle', '1/2'],
    ['type', 'collection'],
  ])('keeps its %s', async (name, value) => {
    const community = await build.community('Fixed')
    const json = { ...titled('Changed'), [name]: value }
    expect(await refused(admin.put(pathOf(community), { json }))).toEqual({
      status: 422,
      code: 'property-fixed',
    })
    expect(await admin.getJson(pathOf(community))).toMatchObject({ name: 'Fixed' })
  })

  test('is changed by nobody without right, and not where there is none', async () => {
    const community = await build.community()
    expect(await refused(person.put(pathOf(community), { json: titled('X') }))).toEqual({
      status: 403,
      code: 'NOT_ALLOWED',
    })
    expect(await refused(person.patch(pathOf(community), { json: [] }))).toMatchObject({ status: 403 })
    expect(await refused(person.delete(pathOf(community)))).toMatchObject({ status: 403 })
    for (const gone of [NOBODY, '17']) {
      expect(await refused(admin.get(`${COMMUNITIES}/${gone}`))).toMatchObject({ status: 404 })
    }
    expect(await refused(admin.put(`${COMMUNITIES}/${NOBODY}`, { json: titled('X') }))).toMatchObject({
      status: 404,
    })
  })

  test('is deleted with all below it', async () => {
    const top = await build.community()
    const collection = await build.collection('Below', top.id)
    expect((await admin.delete(pathOf(top))).status).toBe(204)
    expect(await refused(admin.delete(pathOf(top)))).toMatchObject({ status: 404 })
    expect(await refused(admin.get(`/api/core/collections/${collection.id}`))).toMatchObject({ status: 404 })
  })
})

describe('the logo', () => {
  const picture = () => new Blob(['a picture'], { type: 'image/png' })
  const md5 = createHash('md5').update('a picture').digest('base64')
  const upload = (
    path: string,
    options: { method?: 'POST' | 'PUT'; headers?: Record<string, string> } = {},
  ) => admin.upload(path, { file: picture(), name: 'logo.png', ...options })

  test('is set once, shown, replaced and taken away', async () => {
    const path = `${pathOf(await build.community())}/logo`
    expect((await admin.get(path)).status).toBe(204)
    const created = await upload(path, { headers: { 'content-md5': md5 } })
    expect(created.status).toBe(201)
    const { uuid } = (await created.json()) as Document
    expect(created.headers.get('location')).toBe(`${server.api}/core/bitstreams/${uuid}`)
    expect(await server.anonymous().getJson(path)).toMatchObject({
      uuid,
      type: 'bitstream',
      name: 'logo.png',
      sizeBytes: 9,
    })
    expect(await refused(upload(path))).toEqual({ status: 422, code: 'INVALID' })
    const replaced = await upload(path, { method: 'PUT' })
    expect(replaced.status).toBe(201)
    expect(await refused(admin.get(`/api/core/bitstreams/${uuid}`))).toMatchObject({ status: 404 })
    expect((await admin.delete(path)).status).toBe(204)
    expect((await admin.get(path)).status).toBe(204)
    expect(await refused(admin.delete(path))).toEqual({ status: 422, code: 'INVALID' })
    expect(await refused(upload(path, { method: 'PUT' }))).toEqual({ status: 422, code: 'INVALID' })
  })

  test('is refused without a file, with another digest, without right, and where nothing is', async () => {
    const community = await build.community()
    const path = `${pathOf(community)}/logo`
    const empty = admin.upload(path, { file: picture(), fieldName: 'other' })
    expect(await refused(empty)).toEqual({ status: 422, code: 'file-missing' })
    const other = Buffer.alloc(16).toString('base64')
    expect(await refused(upload(path, { headers: { 'content-md5': other } }))).toEqual({
      status: 412,
      code: 'CHECKSUM_MISMATCH',
    })
    expect((await admin.get(path)).status).toBe(204)
    expect(await refused(person.upload(path, { file: picture() }))).toEqual({
      status: 403,
      code: 'NOT_ALLOWED',
    })
    expect(await refused(upload(`${COMMUNITIES}/${NOBODY}/logo`))).toMatchObject({ status: 404 })
    expect(await refused(admin.get(`${COMMUNITIES}/${NOBODY}/logo`))).toMatchObject({ status: 404 })
  })
})

describe('the group of administrators', () => {
  const description = { 'dc.description': [{ value: 'They look after it' }] }

  test('is created, read, embedded and deleted', async () => {
    const community = await build.community()
    const path = `${pathOf(community)}/adminGroup`
    expect((await admin.get(path)).status).toBe(204)
    const created = await admin.post(path, { json: { metadata: description } })
    expect(created.status).toBe(201)
    const group = (await created.json()) as Document
    expect(group).toMatchObject({ type: 'group', name: `COMMUNITY_${community.id}_ADMIN` })
    expect(created.headers.get('location')).toBe(`${server.api}/eperson/groups/${group.uuid}`)
    expect(await admin.getJson(path)).toMatchObject({ uuid: group.uuid })
    const embedded = { _embedded: { adminGroup: { uuid: group.uuid } } }
    expect(await admin.getJson(`${pathOf(community)}?embed=adminGroup`)).toMatchObject(embedded)
    expect(await server.anonymous().getJson(`${pathOf(community)}?embed=adminGroup`)).toMatchObject({
      _embedded: { adminGroup: null },
    })
    expect(await refused(admin.post(path, { json: {} }))).toEqual({ status: 422, code: 'INVALID' })
    expect((await admin.delete(path)).status).toBe(204)
    expect(await refused(admin.delete(path))).toEqual({ status: 422, code: 'INVALID' })
  })

  test.each([
    ['a name', { name: 'Mine' }, 'group-invalid'],
    ['permanence', { permanent: true }, 'group-invalid'],
    ['a title', { metadata: { 'dc.title': [{ value: 'Mine' }] } }, 'INVALID'],
  ])('takes no body with %s', async (_what, json, code) => {
    const path = `${pathOf(await build.community())}/adminGroup`
    expect(await refused(admin.post(path, { json }))).toEqual({ status: 422, code })
    expect((await admin.get(path)).status).toBe(204)
  })

  test('is shown to those who administer the community', async () => {
    const community = await build.community()
    const path = `${pathOf(community)}/adminGroup`
    expect(await refused(person.get(path))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect((await fetch(`${server.api}/core/communities/${community.id}/adminGroup`)).status).toBe(401)
    expect(await refused(admin.get(`${COMMUNITIES}/${NOBODY}/adminGroup`))).toMatchObject({ status: 404 })
  })
})
