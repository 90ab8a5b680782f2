import type { DSpaceSession } from '@hexapla/client'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson, RawSession } from './raw-session.ts'
import { readsOf } from './reads-of.ts'
import { refused } from './refused.ts'

const PEOPLE = '/api/eperson/epersons'
const ACCOUNT = { email: 'jane@example.org', password: 'a long enough passphrase' }

let server: TestServer
let admin: DSpaceSession
let jane: DSpaceSession
let janeId: string
beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  janeId = await createPerson(admin, ACCOUNT, {
    type: { value: 'eperson' },
    metadata: {
      'eperson.firstname': [{ value: 'Jane', language: null, authority: '', confidence: -1 }],
      'eperson.lastname': [{ value: 'Doe' }],
      'eperson.phone': [{ language: null }],
    },
  })
  jane = server.session(ACCOUNT)
})
afterAll(() => server.stop())

const patch = (session: DSpaceSession, operations: readonly object[], id = janeId, headers = {}) =>
  session.patch(`${PEOPLE}/${id}`, { json: operations, headers })

describe('a person', () => {
  test('looks as the contract shows, to oneself and to administrators', async () => {
    const expected = {
      id: janeId,
      uuid: janeId,
      name: 'Jane Doe',
      handle: null,
      netid: null,
      canLogIn: true,
      email: ACCOUNT.email,
      requireCertificate: false,
      selfRegistered: false,
      type: 'eperson',
      metadata: { 'eperson.firstname': [{ value: 'Jane', place: 0 }] },
      _links: {
        self: { href: `${server.api}/eperson/epersons/${janeId}` },
        groups: { href: `${server.api}/eperson/epersons/${janeId}/groups` },
      },
    }
    expect(await jane.getJson(`${PEOPLE}/${janeId}`)).toMatchObject(expected)
    const seen = await admin.getJson(`${PEOPLE}/${janeId}`)
    expect(seen).toMatchObject(expected)
    // A value without text is a form field left empty (dspace-ui 2.7).
    expect(seen).not.toHaveProperty('metadata.["eperson.phone"]')
    expect(JSON.stringify(seen)).not.toContain('password')
  })

  test('is not shown to others', async () => {
    const path = `${PEOPLE}/${await createPerson(admin, { ...ACCOUNT, email: 'other@example.org' })}`
    expect(await refused(server.anonymous().get(path))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await refused(jane.get(path))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await refused(server.anonymous().get(PEOPLE))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await refused(jane.get(PEOPLE))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await refused(admin.get(`${PEOPLE}/00000000-0000-4000-8000-00000000dead`))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    })
  })

  test('has an ETag: 304, and 412 for a write that is late', async () => {
    const path = `${PEOPLE}/${janeId}`
    const tag = (await admin.get(path)).headers.get('etag') ?? ''
    expect((await admin.get(path, { headers: { 'if-none-match': tag } })).status).toBe(304)
    const phone = (value: string) => [{ op: 'add', path: '/metadata/eperson.phone', value: [{ value }] }]
    expect((await patch(admin, phone('1'), janeId, { 'if-match': tag })).status).toBe(200)
    const late = { status: 412, code: 'VERSION_CONFLICT' }
    expect(await refused(patch(admin, phone('2'), janeId, { 'if-match': tag }))).toEqual(late)
    expect(await refused(admin.delete(path, { headers: { 'if-match': tag } }))).toEqual(late)
  })

  test('is listed by pages in the order asked for', async () => {
    const list = await admin.getJson(`${PEOPLE}?sort=email,desc&size=1&page=0`)
    expect(list).toMatchObject({
      page: { size: 1, number: 0 },
      _embedded: { epersons: [{ type: 'eperson' }] },
    })
    expect(await refused(admin.get(`${PEOPLE}?sort=colour`))).toEqual({ status: 400, code: 'SORT_UNKNOWN' })
  })

  test('comes with the groups that embed asks for: as many statements for many as for few', async () => {
    const page = (size: number) => () => admin.getJson(`${PEOPLE}?size=${size}&embed=groups`)
    // Who asks is remembered from the first request on.
    expect(await readsOf(server, page(1))).toBeLessThanOrEqual(4)
    expect(await readsOf(server, page(1))).toBe(3)
    expect(await readsOf(server, page(50))).toBe(3)
    const { _embedded } = await admin.getJson<{ _embedded: { epersons: { email: string }[] } }>(
      `${PEOPLE}?embed=groups`,
    )
    const administrator = _embedded.epersons.find(({ email }) => email === ADMINISTRATOR.email)
    expect(administrator).toMatchObject({
      _embedded: {
        groups: { _embedded: { groups: [{ name: 'Administrator' }] }, page: { totalElements: 1 } },
      },
    })
  })
})

describe('making an account', () => {
  test('answers 201 with its address', async () => {
    const response = await admin.post(PEOPLE, { json: { email: 'new@example.org', metadata: {} } })
    expect(response.status).toBe(201)
    const { uuid } = (await response.json()) as { uuid: string }
    expect(response.headers.get('location')).toBe(`${server.api}/eperson/epersons/${uuid}`)
    expect((await admin.delete(`${PEOPLE}/${uuid}`)).status).toBe(204)
    expect(await refused(admin.delete(`${PEOPLE}/${uuid}`))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test.each([
    ['no address', {}, 422, 'INVALID'],
    ['an address that is none', { email: 'nowhere' }, 422, 'INVALID'],
    ['an address that is taken, in other letters', { email: 'JANE@example.org' }, 422, 'CONFLICT'],
    ['a weak password', { email: 'weak@example.org', password: 'abc' }, 422, 'INVALID'],
    [
      'an unknown field',
      { email: 'x@example.org', metadata: { 'no.such': [{ value: 'x' }] } },
      422,
      'FIELD_UNKNOWN',
    ],
    ['a text for a truth value', { email: 'x@example.org', canLogIn: 'maybe' }, 400, 'invalid-arguments'],
  ])('%s is refused', async (_case, json, status, code) => {
    expect(await refused(admin.post(PEOPLE, { json }))).toEqual({ status, code })
  })

  test('and deleting one is for administrators', async () => {
    const json = { email: 'mine@example.org', metadata: {} }
    expect(await refused(server.anonymous().post(PEOPLE, { json }))).toMatchObject({ status: 401 })
    expect(await refused(jane.post(PEOPLE, { json }))).toMatchObject({ status: 403 })
    expect(await refused(jane.delete(`${PEOPLE}/${janeId}`))).toMatchObject({ status: 403 })
  })
})

describe('changing a person', () => {
  test('oneself: metadata and password, knowing the old one', async () => {
    const account = { email: 'self@example.org', password: 'the first passphrase' }
    const id = await createPerson(admin, account)
    const self = server.session(account)
    const first = [{ op: 'add', path: '/metadata/eperson.firstname', value: [{ value: 'Selma' }] }]
    expect(await (await patch(self, first, id)).json()).toMatchObject({ name: 'Selma' })
    const password = (current: string, next: string) =>
      patch(
        self,
        [{ op: 'add', path: '/password', value: { current_password: current, new_password: next } }],
        id,
      )
    expect(await refused(password('wrong', 'the second passphrase'))).toEqual({
      status: 403,
      code: 'NOT_ALLOWED',
    })
    expect(await refused(password(account.password, 'short'))).toEqual({ status: 422, code: 'INVALID' })
    expect((await password(account.password, 'the second passphrase')).status).toBe(200)
    const again = new RawSession(server.api)
    expect((await again.logIn({ ...account, password: 'the second passphrase' })).status).toBe(200)
    expect((await new RawSession(server.api).logIn(account)).status).toBe(401)
  })

  test('the account is for administrators', async () => {
    const email = [{ op: 'replace', path: '/email', value: 'jane.doe@example.org' }]
    expect(await refused(patch(jane, email))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await refused(patch(server.anonymous(), email))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    const id = await createPerson(admin, { ...ACCOUNT, email: 'account@example.org' })
    const changed = await patch(
      admin,
      [
        { op: 'replace', path: '/canLogIn', value: 'false' },
        { op: 'replace', path: '/certificate', value: true },
        { op: 'replace', path: '/email', value: 'renamed@example.org' },
      ],
      id,
    )
    expect(await changed.json()).toMatchObject({
      canLogIn: false,
      requireCertificate: true,
      email: 'renamed@example.org',
    })
  })

  test.each([
    ['no patch', { a: 1 }, 400, 'PATCH_MALFORMED'],
    ['a netid that was never set', [{ op: 'replace', path: '/netid', value: 'x' }], 422, 'PATCH_INVALID'],
    ['an unknown property', [{ op: 'replace', path: '/colour', value: 'x' }], 422, 'PATCH_INVALID'],
    [
      'an address that is taken',
      [{ op: 'replace', path: '/email', value: ADMINISTRATOR.email }],
      422,
      'CONFLICT',
    ],
  ])('%s is refused', async (_case, json, status, code) => {
    expect(await refused(admin.patch(`${PEOPLE}/${janeId}`, { json }))).toEqual({ status, code })
  })
})
