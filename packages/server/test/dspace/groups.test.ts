import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { readsOf } from './reads-of.ts'
import { refused } from './refused.ts'

const GROUPS = '/api/eperson/groups'
const NOBODY = '00000000-0000-4000-8000-00000000dead'
const ACCOUNT = { email: 'member@example.org', password: 'a long enough passphrase' }

let server: TestServer
let admin: DSpaceSession
let member: DSpaceSession
let memberId: string
beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  memberId = await createPerson(admin, ACCOUNT)
  member = server.session(ACCOUNT)
})
afterAll(() => server.stop())

interface GroupDocument {
  readonly id: string
  readonly _links: Record<'self' | 'epersons' | 'subgroups' | 'object', { readonly href: string }>
}

const make = async (name: string): Promise<GroupDocument> => {
  const json = { name, metadata: { 'dc.description': [{ value: `About ${name}`, language: null }] } }
  return (await (await admin.post(GROUPS, { json })).json()) as GroupDocument
}

const personUri = (id: string) => `${server.api}/eperson/epersons/${id}`
const add = (group: GroupDocument, part: 'epersons' | 'subgroups', body: string, session = admin) =>
  session.post(group._links[part].href, { body, headers: { 'content-type': 'text/uri-list' } })

const total = async (href: string, session = admin) =>
  (await session.getJson<{ page: { totalElements: number } }>(href)).page.totalElements

describe('groups', () => {
  test('are made with a name of their own, listed and found by address', async () => {
    const response = await admin.post(GROUPS, { json: { name: 'Editors', metadata: {} } })
    expect(response.status).toBe(201)
    const group = (await response.json()) as GroupDocument
    expect(response.headers.get('location')).toBe(`${server.api}/eperson/groups/${group.id}`)
    expect(group).toMatchObject({
      name: 'Editors',
      handle: null,
      permanent: false,
      type: 'group',
      metadata: {},
    })
    const names = await admin.getJson<{ _embedded: { groups: { name: string }[] } }>(
      `${GROUPS}?sort=name,asc`,
    )
    expect(names._embedded.groups.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Administrator', 'Anonymous', 'Editors']),
    )
  })

  test.each([
    ['no name', { metadata: {} }, 422, 'INVALID'],
    ['a name that is taken', { name: 'Administrator' }, 422, 'CONFLICT'],
    ['being permanent', { name: 'For ever', permanent: true }, 422, 'INVALID'],
  ])('%s is refused', async (_case, json, status, code) => {
    expect(await refused(admin.post(GROUPS, { json }))).toEqual({ status, code })
  })

  test('are renamed and described by patch', async () => {
    const { id } = await make('Old name')
    const patched = await admin.patch(`${GROUPS}/${id}`, {
      json: [
        { op: 'replace', path: '/name', value: 'New name' },
        { op: 'add', path: '/metadata/dc.title', value: [{ value: 'A title' }] },
      ],
    })
    expect(await patched.json()).toMatchObject({
      name: 'New name',
      metadata: { 'dc.title': [{ value: 'A title' }] },
    })
    const rename = (group: string, headers = {}) =>
      admin.patch(`${GROUPS}/${group}`, { json: [{ op: 'replace', path: '/name', value: 'X' }], headers })
    expect(await refused(rename(id, { 'if-match': '"1"' }))).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
    expect(await refused(rename(NOBODY))).toEqual({ status: 404, code: 'NOT_FOUND' })
    expect(await refused(rename('00000000-0000-4000-8000-000000000002'))).toEqual({
      status: 422,
      code: 'INVALID',
    })
  })

  test('are deleted, except those that are needed', async () => {
    const { id } = await make('Short-lived')
    expect((await admin.delete(`${GROUPS}/${id}`)).status).toBe(204)
    expect(await refused(admin.delete(`${GROUPS}/${id}`))).toEqual({ status: 404, code: 'NOT_FOUND' })
    const needed = admin.delete(`${GROUPS}/00000000-0000-4000-8000-000000000001`)
    expect(await refused(needed)).toEqual({ status: 422, code: 'INVALID' })
  })

  test('are managed by administrators alone', async () => {
    const group = await make('Closed')
    for (const [session, status] of [
      [server.anonymous(), 401],
      [member, 403],
    ] as const) {
      expect(await refused(session.get(GROUPS))).toMatchObject({ status })
      expect(await refused(session.post(GROUPS, { json: { name: 'Mine' } }))).toMatchObject({ status })
      expect(await refused(session.get(`${GROUPS}/${group.id}`))).toMatchObject({ status })
      expect(await refused(session.delete(`${GROUPS}/${group.id}`))).toMatchObject({ status })
      expect(await refused(add(group, 'epersons', personUri(memberId), session))).toMatchObject({ status })
    }
  })
})

describe('members', () => {
  test('are added by uri-list, twice without harm, and taken out', async () => {
    const group = await make('Readers')
    expect((await add(group, 'epersons', personUri(memberId))).status).toBe(204)
    expect((await add(group, 'epersons', `${personUri(memberId)}\r\n`)).status).toBe(204)
    expect(await total(group._links.epersons.href)).toBe(1)
    expect(await total(`${personUri(memberId)}/groups`, member)).toBe(1)
    expect(await member.getJson(group._links.self.href)).toMatchObject({ name: 'Readers' })
    const path = `${group._links.epersons.href}/${memberId}`
    expect((await admin.delete(path)).status).toBe(204)
    expect((await admin.delete(path)).status).toBe(204)
    expect(await total(group._links.epersons.href)).toBe(0)
  })

  test('that do not exist are 422, a group that does not is 404', async () => {
    const group = await make('Nobody in it')
    expect(await refused(add(group, 'epersons', personUri(NOBODY)))).toEqual({
      status: 422,
      code: 'REFERENCE_INVALID',
    })
    expect(await refused(add(group, 'epersons', group._links.self.href))).toEqual({
      status: 422,
      code: 'REFERENCE_INVALID',
    })
    const gone = admin.delete(`${group._links.epersons.href}/${NOBODY}`)
    expect(await refused(gone)).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
    const unknown = admin.delete(`${GROUPS}/${NOBODY}/epersons/${memberId}`)
    expect(await refused(unknown)).toEqual({ status: 404, code: 'NOT_FOUND' })
    const json = admin.post(group._links.epersons.href, { json: [] })
    expect(await refused(json)).toMatchObject({ status: 415 })
    expect(await refused(admin.put(group._links.epersons.href, { json: [] }))).toMatchObject({ status: 405 })
  })
})

describe('subgroups', () => {
  test('are added and taken out; a circle is refused', async () => {
    const [outer, inner, innermost] = [await make('Outer'), await make('Inner'), await make('Innermost')]
    expect((await add(outer, 'subgroups', inner._links.self.href)).status).toBe(204)
    expect((await add(inner, 'subgroups', innermost._links.self.href)).status).toBe(204)
    const circle = add(innermost, 'subgroups', outer._links.self.href)
    expect(await refused(circle)).toEqual({ status: 422, code: 'INVALID' })
    const unknown = add(outer, 'subgroups', `${server.api}/eperson/groups/${NOBODY}`)
    expect(await refused(unknown)).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
    expect(await total(outer._links.subgroups.href)).toBe(1)
    expect((await admin.delete(`${outer._links.subgroups.href}/${inner.id}`)).status).toBe(204)
    expect(await total(outer._links.subgroups.href)).toBe(0)
    const missing = admin.delete(`${outer._links.subgroups.href}/${NOBODY}`)
    expect(await refused(missing)).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
  })
})

describe('the object of a group', () => {
  test('is the collection that it has a role in; 204 without a role', async () => {
    const collection = await buildersFor(server.repository).collection('Ruled')
    const group = await server.repository.useCases.access.createRoleGroup(SYSTEM_ACTOR, {
      of: { kind: 'collection', id: collection.id },
      role: 'admin',
      metadata: {},
    })
    expect(await admin.getJson(`${GROUPS}/${group.id}/object`)).toMatchObject({
      uuid: collection.id,
      type: 'collection',
    })
    expect(await admin.getJson(`${GROUPS}/${group.id}?embed=object`)).toMatchObject({
      _embedded: { object: { uuid: collection.id, type: 'collection' } },
    })
    expect(await refused(admin.delete(`${GROUPS}/${group.id}`))).toEqual({ status: 422, code: 'INVALID' })
    const plain = await make('Without a role')
    expect((await admin.get(plain._links.object.href)).status).toBe(204)
    expect(await admin.getJson(`${GROUPS}/${plain.id}?embed=object`)).toMatchObject({
      _embedded: { object: null },
    })
  })
})

test('embeds cost as many statements for many groups as for few', async () => {
  const group = await make('Embedding')
  await add(group, 'epersons', personUri(memberId))
  await add(group, 'subgroups', (await make('Embedded'))._links.self.href)
  expect(await admin.getJson(`${GROUPS}/${group.id}?embed=epersons&embed=subgroups`)).toMatchObject({
    _embedded: {
      epersons: { _embedded: { epersons: [{ uuid: memberId }] }, page: { totalElements: 1 } },
      subgroups: { _embedded: { groups: [{ name: 'Embedded' }] }, page: { totalElements: 1 } },
    },
  })
  const page = (size: number) => () => admin.getJson(`${GROUPS}?size=${size}&embed=epersons,subgroups,object`)
  // Who asks is remembered from the first request on.
  expect(await readsOf(server, page(1))).toBeLessThanOrEqual(8)
  const few = await readsOf(server, page(1))
  expect(await readsOf(server, page(100))).toBe(few)
  expect(few).toBeLessThanOrEqual(7)
})
