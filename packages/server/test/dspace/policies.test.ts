import type { DSpaceSession } from '@hexapla/client'
import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP, type Item } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'
import { readsIn } from './statements.ts'

const POLICIES = '/api/authz/resourcepolicies'
const NOBODY = '00000000-0000-4000-8000-00000000dead'
const TERMS = {
  name: null,
  description: null,
  policyType: 'TYPE_CUSTOM',
  action: 'READ',
  startDate: null,
  endDate: null,
  type: 'resourcepolicy',
}

interface Policy {
  readonly id: number
  readonly action: string
  readonly _links: Readonly<Record<string, { readonly href: string }>>
  readonly _embedded?: Readonly<Record<string, { readonly uuid: string } | null>>
}
interface List {
  readonly page: { readonly totalElements: number }
  readonly _embedded?: { readonly resourcepolicies: readonly Policy[] }
}

let server: TestServer
let admin: DSpaceSession
let person: DSpaceSession
let personId: string
let visitor: DSpaceSession
let build: ReturnType<typeof buildersFor>
let item: Item

beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  visitor = server.anonymous()
  build = buildersFor(server.repository)
  const account = { email: 'somebody@example.org', password: 'a long enough passphrase' }
  personId = await createPerson(admin, account)
  person = server.session(account)
})
afterAll(() => server.stop())

beforeEach(async () => {
  item = await build.item()
})

const toPerson = () => `eperson=${personId}`
const toEverybody = `group=${ANONYMOUS_GROUP}`
const addressOf = (resourceId: string, to: string) => `${POLICIES}?resource=${resourceId}&${to}`

async function grant(resourceId: string, to: string, terms: object = {}): Promise<Policy> {
  const response = await admin.post(addressOf(resourceId, to), { json: { ...TERMS, ...terms } })
  return (await response.json()) as Policy
}

const search = (method: string, query: string, session = admin) =>
  session.getJson<List>(`${POLICIES}/search/${method}?${query}`)
const found = (list: List) => list._embedded?.resourcepolicies.map(({ id }) => id) ?? []
const put = (session: DSpaceSession, path: string, body: string) =>
  session.put(path, { headers: { 'content-type': 'text/uri-list' }, body })

/** Takes from everybody what the item was born with. */
async function close(resourceId: string): Promise<void> {
  for (const id of found(await search('resource', `uuid=${resourceId}&action=READ`))) {
    await admin.delete(`${POLICIES}/${id}`)
  }
}

describe('a new policy', () => {
  test('is created with its terms and its address', async () => {
    const terms = {
      name: 'embargo',
      description: 'by contract',
      startDate: '2030-01-01',
      endDate: '2030-12-31',
    }
    const response = await admin.post(addressOf(item.id, toPerson()), { json: { ...TERMS, ...terms } })
    const created = (await response.json()) as Policy
    const self = `${server.api}/authz/resourcepolicies/${created.id}`
    expect([response.status, response.headers.get('location')]).toEqual([201, self])
    expect(created).toMatchObject({
      ...TERMS,
      ...terms,
      _links: {
        self: { href: self },
        eperson: { href: `${self}/eperson` },
        group: { href: `${self}/group` },
        resource: { href: `${self}/resource` },
      },
    })
    expect(await admin.getJson(`${POLICIES}/${created.id}`)).toEqual(created)
  })

  test('is taken as the form of the web UI sends it', async () => {
    const form = { type: { value: 'resourcepolicy' }, startDate: '2030-01-01T00:00:00Z', policyType: null }
    expect(await grant(item.id, toEverybody, form)).toMatchObject({
      startDate: '2030-01-01',
      endDate: null,
      policyType: 'TYPE_CUSTOM',
    })
  })

  test.each([
    ['nobody', ''],
    ['both', `eperson=${NOBODY}&group=${NOBODY}`],
    ['what is no uuid', 'group=everybody'],
  ])('for %s is 400', async (_name, to) => {
    const answer = admin.post(addressOf(item.id, to), { json: TERMS })
    expect(await refused(answer)).toEqual({ status: 400, code: 'argument-invalid' })
  })

  test('on nothing is 400 or 404, for somebody unknown 422', async () => {
    const onNothing = admin.post(`${POLICIES}?${toEverybody}`, { json: TERMS })
    expect(await refused(onNothing)).toEqual({ status: 400, code: 'argument-invalid' })
    const onUnknown = admin.post(addressOf(NOBODY, toEverybody), { json: TERMS })
    expect(await refused(onUnknown)).toEqual({ status: 404, code: 'NOT_FOUND' })
    for (const to of [`eperson=${NOBODY}`, `group=${NOBODY}`, `group=${personId}`]) {
      const answer = admin.post(addressOf(item.id, to), { json: TERMS })
      expect(await refused(answer)).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
    }
  })

  test.each([
    ['type', { type: 'item' }, 'document-invalid'],
    ['action', { action: 'LOOK' }, 'INVALID'],
    ['no action', { action: null }, 'INVALID'],
    ['policyType', { policyType: 'TYPE_OTHER' }, 'INVALID'],
    ['startDate', { startDate: '2030-02-30' }, 'INVALID'],
    ['moment', { startDate: '2030-01-01T99:00:00Z' }, 'INVALID'],
    ['endDate', { startDate: '2030-02-02', endDate: '2030-02-01' }, 'INVALID'],
    ['name', { name: 7 }, 'INVALID'],
  ])('with a wrong %s is 422', async (_name, terms, code) => {
    const answer = admin.post(addressOf(item.id, toEverybody), { json: { ...TERMS, ...terms } })
    expect(await refused(answer)).toEqual({ status: 422, code })
  })

  test('is for those who administer the resource', async () => {
    const collection = await build.collection()
    const inside = await build.item('Inside', collection.id)
    const post = (session: DSpaceSession) => session.post(addressOf(inside.id, toPerson()), { json: TERMS })
    expect(await refused(post(visitor))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await refused(post(person))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    await grant(collection.id, toPerson(), { action: 'ADMIN' })
    expect((await post(person)).status).toBe(201)
    const elsewhere = person.post(addressOf(item.id, toPerson()), { json: TERMS })
    expect(await refused(elsewhere)).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })
})

describe('what a policy permits', () => {
  test('counts from the next request on, in single records and in lists', async () => {
    const path = `/api/core/items/${item.id}`
    const bundle = await build.bundle(item.id)
    const bundles = async () => (await person.getJson<List>(`${path}/bundles`)).page.totalElements
    await close(item.id)
    await close(bundle.id)
    expect(await refused(visitor.get(path))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await refused(person.get(path))).toEqual({ status: 403, code: 'NOT_ALLOWED' })

    const policy = await grant(item.id, toPerson())
    expect((await person.get(path)).status).toBe(200)
    expect(await bundles()).toBe(0)
    await grant(bundle.id, toEverybody)
    expect(await bundles()).toBe(1)
    expect(await refused(visitor.get(path))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })

    await admin.patch(`${POLICIES}/${policy.id}`, {
      json: [{ op: 'add', path: '/startDate', value: '2999-01-01' }],
    })
    expect(await refused(person.get(path))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    await admin.patch(`${POLICIES}/${policy.id}`, { json: [{ op: 'remove', path: '/startDate' }] })
    expect((await person.get(path)).status).toBe(200)
    await admin.delete(`${POLICIES}/${policy.id}`)
    expect(await refused(person.get(path))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })

  test('to administer a community counts for everybody at once, too', async () => {
    const collection = await build.collection()
    const path = `/api/core/collections/${collection.id}/adminGroup`
    expect(await refused(visitor.get(path))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    const policy = await grant(collection.id, toEverybody, { action: 'ADMIN' })
    expect((await visitor.get(path)).status).toBe(204)
    await admin.delete(`${POLICIES}/${policy.id}`)
    expect(await refused(visitor.get(path))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
  })

  test('to administer an item reaches its bundles and files, and nothing else', async () => {
    const bundle = await build.bundle(item.id)
    const file = await build.file(bundle.id)
    const other = await build.item('Other', item.owningCollectionId ?? '')
    for (const id of [item.id, bundle.id, file.id]) await close(id)
    const content = `/api/core/bitstreams/${file.id}/content`
    const retitle = [{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'Retitled' }]
    const rename = () => person.patch(`/api/core/bitstreams/${file.id}`, { json: retitle })
    expect(await refused(person.get(content))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await refused(rename())).toEqual({ status: 403, code: 'NOT_ALLOWED' })

    const { id } = await grant(item.id, toPerson(), { action: 'ADMIN' })
    expect(await (await person.get(content)).text()).toBe('content')
    expect((await rename()).status).toBe(200)
    expect(await person.getJson(`/api/core/items/${item.id}?embed=bundles/bitstreams`)).toMatchObject({
      _embedded: {
        bundles: {
          _embedded: {
            bundles: [{ _embedded: { bitstreams: { _embedded: { bitstreams: [{ uuid: file.id }] } } } }],
          },
        },
      },
    })
    const elsewhere = person.patch(`/api/core/items/${other.id}`, { json: retitle })
    expect(await refused(elsewhere)).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    await admin.delete(`${POLICIES}/${id}`)
    expect(await refused(person.get(content))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })

  test('is a change of the item that it is on or in', async () => {
    const bundle = await build.bundle(item.id)
    const file = await build.file(bundle.id)
    const seen = async () => {
      const response = await admin.get(`/api/core/items/${item.id}`)
      const { lastModified } = (await response.json()) as { lastModified: string }
      return { etag: response.headers.get('etag'), lastModified }
    }
    for (const id of [item.id, bundle.id, file.id]) {
      const before = await seen()
      const policy = await grant(id, toPerson(), { action: 'WRITE' })
      const after = await seen()
      expect(after.etag).not.toBe(before.etag)
      expect(after.lastModified > before.lastModified).toBe(true)
      await put(admin, `${POLICIES}/${policy.id}/eperson`, `${server.api}/eperson/epersons/${personId}`)
      expect((await seen()).etag).not.toBe(after.etag)
    }
  })
})

describe('reading a policy', () => {
  test('is for whom it names and for those who administer the resource', async () => {
    const mine = await grant(item.id, toPerson())
    const everybodys = await grant(item.id, toEverybody)
    const theirs = await grant(item.id, `group=${ADMINISTRATOR_GROUP}`)
    for (const path of ['', '/eperson', '/group', '/resource']) {
      const read = (session: DSpaceSession, { id }: Policy) => session.get(`${POLICIES}/${id}${path}`)
      expect(await refused(read(visitor, everybodys))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
      expect([200, 204]).toContain((await read(person, mine)).status)
      expect([200, 204]).toContain((await read(person, everybodys)).status)
      expect(await refused(read(person, theirs))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
      expect(await refused(admin.get(`${POLICIES}/999999${path}`))).toEqual({
        status: 404,
        code: 'NOT_FOUND',
      })
    }
    await grant(item.owningCollectionId ?? '', toPerson(), { action: 'ADMIN' })
    expect((await person.get(`${POLICIES}/${theirs.id}`)).status).toBe(200)
    expect((await person.get(`${POLICIES}/${theirs.id}/group`)).status).toBe(200)
  })

  test('leads to whom it names and what it is on', async () => {
    const mine = await grant(item.id, toPerson())
    const everybodys = await grant(item.id, toEverybody)
    expect(await admin.getJson(`${POLICIES}/${mine.id}/eperson`)).toMatchObject({ uuid: personId })
    expect((await admin.get(`${POLICIES}/${mine.id}/group`)).status).toBe(204)
    expect(await admin.getJson(`${POLICIES}/${everybodys.id}/group`)).toMatchObject({ name: 'Anonymous' })
    expect((await admin.get(`${POLICIES}/${everybodys.id}/eperson`)).status).toBe(204)
    expect(await admin.getJson(`${POLICIES}/${mine.id}/resource`)).toMatchObject({
      uuid: item.id,
      type: 'item',
    })
    const embeds = '?embed=eperson&embed=group&embed=resource'
    expect((await person.getJson<Policy>(`${POLICIES}/${mine.id}${embeds}`))._embedded).toMatchObject({
      eperson: { uuid: personId },
      group: null,
      resource: { uuid: item.id },
    })
  })

  test('shows nothing of a resource that may not be read', async () => {
    await close(item.id)
    const policy = await grant(item.id, toEverybody, { action: 'WITHDRAWN_READ' })
    const path = `${POLICIES}/${policy.id}`
    expect((await person.getJson<Policy>(`${path}?embed=resource`))._embedded).toEqual({ resource: null })
    expect(await refused(person.get(`${path}/resource`))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
  })

  test('all of them is no method', async () => {
    expect(await refused(admin.get(POLICIES))).toMatchObject({ status: 405 })
  })
})

describe('searching policies', () => {
  test('of a resource, of one action or of all', async () => {
    const policy = await grant(item.id, toPerson(), { action: 'WRITE' })
    const born = found(await search('resource', `uuid=${item.id}&action=READ`))
    expect(born).toHaveLength(1)
    expect(found(await search('resource', `uuid=${item.id}`))).toEqual([...born, policy.id])
    expect(found(await search('resource', `uuid=${item.id}&action=`))).toEqual([...born, policy.id])
    expect(found(await search('resource', `uuid=${item.id}&page=1&size=1`))).toEqual([policy.id])
    expect(found(await search('resource', `uuid=${item.id}&action=DELETE`))).toEqual([])
  })

  test('of a person or a group, everywhere or on one resource', async () => {
    const other = await build.item()
    const mine = [await grant(item.id, toPerson()), await grant(other.id, toPerson())].map(({ id }) => id)
    expect(found(await search('eperson', `uuid=${personId}&size=100`, person))).toEqual(
      expect.arrayContaining(mine),
    )
    expect(found(await search('eperson', `uuid=${personId}&resource=${other.id}`, person))).toEqual([mine[1]])
    const { id } = await grant(other.id, toEverybody, { action: 'WRITE' })
    const everybodys = found(await search('group', `uuid=${ANONYMOUS_GROUP}&resource=${other.id}`, person))
    expect(everybodys).toContain(id)
    expect(everybodys).not.toContain(mine[1])
    expect(found(await search('eperson', `uuid=${NOBODY}`))).toEqual([])
  })

  test('is for oneself, members, and those who administer', async () => {
    const attempt = (session: DSpaceSession, method: string, uuid: string) =>
      refused(search(method, `uuid=${uuid}`, session))
    const cases = [
      ['resource', item.id],
      ['eperson', NOBODY],
      ['group', ADMINISTRATOR_GROUP],
    ] as const
    for (const [method, uuid] of cases) {
      expect(await attempt(visitor, method, uuid)).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
      expect(await attempt(person, method, uuid)).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    }
    const everybodys = await attempt(visitor, 'group', ANONYMOUS_GROUP)
    expect(everybodys).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
  })

  test.each(['resource', 'eperson', 'group'])('by %s needs a uuid', async (method) => {
    for (const query of ['', 'uuid=', 'uuid=7']) {
      const answer = refused(search(method, query))
      expect(await answer).toEqual({ status: 400, code: 'argument-invalid' })
    }
  })

  test('refuses parameters that mean nothing', async () => {
    const strange = refused(search('resource', `uuid=${item.id}&action=LOOK`))
    expect(await strange).toEqual({ status: 400, code: 'argument-invalid' })
    const nowhere = refused(search('eperson', `uuid=${personId}&resource=there`))
    expect(await nowhere).toEqual({ status: 400, code: 'argument-invalid' })
    const unsorted = refused(search('resource', `uuid=${item.id}&sort=taste,asc`))
    expect(await unsorted).toEqual({ status: 400, code: 'SORT_UNKNOWN' })
  })

  test('costs the same however many there are', async () => {
    const page = () => search('resource', `uuid=${item.id}&embed=eperson&embed=group&embed=resource`)
    await grant(item.id, toPerson())
    await page()
    const few = await readsIn(server, page)
    for (const action of ['WRITE', 'ADD', 'REMOVE', 'DELETE']) await grant(item.id, toPerson(), { action })
    await page()
    expect(await readsIn(server, page)).toBe(few)
  })
})

describe('a patch', () => {
  const patch = (id: number, operations: unknown, session = admin) =>
    session.patch(`${POLICIES}/${id}`, { json: operations })

  test('adds, replaces and removes, all or nothing', async () => {
    const { id } = await grant(item.id, toPerson())
    const added = await patch(id, [
      { op: 'add', path: '/startDate', value: '2030-01-31' },
      { op: 'add', path: '/name', value: 'a name' },
      { op: 'add', path: '/description', value: 'why' },
    ])
    expect(added.status).toBe(200)
    expect(await added.json()).toMatchObject({ startDate: '2030-01-31', name: 'a name', description: 'why' })
    const replaced = await patch(id, [
      { op: 'replace', path: '/startDate', value: '2020-01-01T00:00:00Z' },
      { op: 'add', path: '/name', value: 'another' },
      { op: 'replace', path: '/action', value: 'WRITE' },
      { op: 'replace', path: '/policyType', value: 'TYPE_SUBMISSION' },
    ])
    const state = { startDate: '2020-01-01', name: 'another', action: 'WRITE', policyType: 'TYPE_SUBMISSION' }
    expect(await replaced.json()).toMatchObject(state)
    const half = patch(id, [
      { op: 'remove', path: '/name' },
      { op: 'remove', path: '/endDate' },
    ])
    expect(await refused(half)).toEqual({ status: 422, code: 'PATCH_PATH_MISSING' })
    expect(await admin.getJson(`${POLICIES}/${id}`)).toMatchObject(state)
    const removed = await patch(id, [
      { op: 'remove', path: '/name' },
      { op: 'remove', path: '/startDate' },
      { op: 'replace', path: '/description', value: null },
    ])
    expect(await removed.json()).toMatchObject({ name: null, startDate: null, description: null })
  })

  test.each([
    [
      'replaces what is not set',
      [{ op: 'replace', path: '/endDate', value: '2030-01-01' }],
      'PATCH_PATH_MISSING',
    ],
    ['removes the action', [{ op: 'remove', path: '/action' }], 'INVALID'],
    ['removes the type', [{ op: 'replace', path: '/policyType', value: null }], 'INVALID'],
    ['names an unknown property', [{ op: 'add', path: '/eperson', value: 'x' }], 'PATCH_INVALID'],
    ['goes too deep', [{ op: 'add', path: '/name/0', value: 'x' }], 'PATCH_INVALID'],
    ['replaces the whole', [{ op: 'replace', path: '', value: {} }], 'PATCH_INVALID'],
    ['brings no day', [{ op: 'add', path: '/endDate', value: 'tomorrow' }], 'INVALID'],
    ['brings no text', [{ op: 'add', path: '/name', value: { a: 1 } }], 'INVALID'],
    ['tests in vain', [{ op: 'test', path: '/action', value: 'WRITE' }], 'PATCH_TEST_FAILED'],
  ])('that %s is 422', async (_name, operations, code) => {
    const { id } = await grant(item.id, toPerson())
    expect(await refused(patch(id, operations))).toEqual({ status: 422, code })
  })

  test('that is none is 400', async () => {
    const { id } = await grant(item.id, toPerson())
    expect(await refused(patch(id, { op: 'add' }))).toEqual({ status: 400, code: 'PATCH_MALFORMED' })
  })
})

describe('changing a policy', () => {
  const changes = (session: DSpaceSession, id: number) => [
    () => session.patch(`${POLICIES}/${id}`, { json: [{ op: 'add', path: '/name', value: 'mine' }] }),
    () => put(session, `${POLICIES}/${id}/eperson`, `${server.api}/eperson/epersons/${personId}`),
    () => session.delete(`${POLICIES}/${id}`),
  ]

  test('is for those who administer the resource, not for whom it names', async () => {
    const { id } = await grant(item.id, toPerson())
    for (const change of changes(visitor, id)) {
      expect(await refused(change())).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    }
    for (const change of changes(person, id)) {
      expect(await refused(change())).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    }
    for (const change of changes(admin, 999_999)) {
      expect(await refused(change())).toEqual({ status: 404, code: 'NOT_FOUND' })
    }
    await grant(item.id, toPerson(), { action: 'ADMIN' })
    const done = []
    for (const change of changes(person, id)) done.push((await change()).status)
    expect(done).toEqual([200, 204, 204])
    expect(await refused(admin.get(`${POLICIES}/${id}`))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test('names another person or group', async () => {
    const mine = await grant(item.id, `eperson=${await createPerson(admin, OTHER)}`)
    await put(admin, `${POLICIES}/${mine.id}/eperson`, `${server.api}/eperson/epersons/${personId}`)
    expect(await admin.getJson(`${POLICIES}/${mine.id}/eperson`)).toMatchObject({ uuid: personId })
    const everybodys = await grant(item.id, toEverybody)
    const path = `${POLICIES}/${everybodys.id}/group`
    await put(admin, path, `${server.api}/eperson/groups/${ADMINISTRATOR_GROUP}`)
    expect(await admin.getJson(path)).toMatchObject({ uuid: ADMINISTRATOR_GROUP })
  })

  test.each([
    ['nobody', 'eperson', () => '', 'one-uri-expected'],
    ['two', 'eperson', () => `${people(personId)}\n${people(personId)}`, 'one-uri-expected'],
    ['a group', 'eperson', () => groups(ANONYMOUS_GROUP), 'REFERENCE_INVALID'],
    ['somebody unknown', 'eperson', () => people(NOBODY), 'REFERENCE_INVALID'],
    ['a group in the place of a person', 'group', () => groups(ANONYMOUS_GROUP), 'INVALID'],
    ['a person as group', 'group', () => people(personId), 'REFERENCE_INVALID'],
  ])('to name %s is 422', async (_name, kind, body, code) => {
    const { id } = await grant(item.id, toPerson())
    expect(await refused(put(admin, `${POLICIES}/${id}/${kind}`, body()))).toEqual({ status: 422, code })
  })

  test('asks for the state that is expected', async () => {
    const { id } = await grant(item.id, toPerson())
    const path = `${POLICIES}/${id}`
    const etag = (await admin.get(path)).headers.get('etag') ?? ''
    const json = [{ op: 'add', path: '/name', value: 'first' }]
    expect((await admin.patch(path, { json, headers: { 'if-match': etag } })).status).toBe(200)
    const late = admin.delete(path, { headers: { 'if-match': etag } })
    expect(await refused(late)).toMatchObject({ status: 412 })
    expect(await admin.getJson(path)).toMatchObject({ name: 'first' })
  })

  test('takes turns', async () => {
    const { id } = await grant(item.id, toPerson())
    const set = (path: string) =>
      admin.patch(`${POLICIES}/${id}`, { json: [{ op: 'add', path, value: 'together' }] })
    await Promise.all([set('/name'), set('/description'), set('/name'), set('/description')])
    expect(await admin.getJson(`${POLICIES}/${id}`)).toMatchObject({
      name: 'together',
      description: 'together',
    })
  })
})

const OTHER = { email: 'other@example.org', password: 'a long enough passphrase' }
const people = (id: string) => `${server.api}/eperson/epersons/${id}`
const groups = (id: string) => `${server.api}/eperson/groups/${id}`
