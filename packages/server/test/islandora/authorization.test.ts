import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import { administratorClient, basic, islandoraClient, tokenOf } from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }

let server: TestServer
let now: number
beforeAll(async () => {
  now = Date.now()
  server = await startTestServer({}, { clock: () => new Date(now) })
  await createPerson(server.session(), JANE, { netid: 'jane' })
})
afterAll(() => server.stop())

/** The document's own request, by curl. */
const logIn = (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  islandoraClient(server, headers).form('POST', '/user/login', {
    name: ADMINISTRATOR.email,
    pass: ADMINISTRATOR.password,
    form_id: 'user_login',
    op: 'Log in',
    ...fields,
  })
const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
const create = (headers: Record<string, string>) => islandoraClient(server, headers).send('POST', 'object')

describe('Authorization', () => {
  test('a POST to the login page sets a cookie that makes later requests those of its user', async () => {
    const { status, headers } = await logIn()
    expect(status).toBe(200)
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/; Path=\/; HttpOnly; SameSite=Lax$/)])
    expect((await create({ cookie: cookieOf(headers) })).status).toBe(201)
    expect((await create({ cookie: `${cookieOf(headers)}x` })).status).toBe(401)
  })

  test('the form may be urlencoded', async () => {
    const { email: name, password: pass } = JANE
    const body = new URLSearchParams({ name, pass, form_id: 'user_login' })
    expect((await islandoraClient(server).send('POST', '/user/login', { body })).status).toBe(200)
  })

  test('401 for a wrong password, 400 for another form, 405 for other methods', async () => {
    expect(await logIn({ pass: 'wrong' })).toMatchObject({
      status: 401,
      json: { message: expect.any(String) },
    })
    expect((await logIn({ form_id: 'user_register' })).status).toBe(400)
    expect((await islandoraClient(server).send('GET', '/user/login')).status).toBe(405)
  })

  test('a session ends after twelve hours, and when its person signs out anywhere', async () => {
    const cookie = cookieOf((await logIn()).headers)
    now += 12 * 60 * 60 * 1000 + 1000
    expect((await create({ cookie })).status).toBe(401)
    const fresh = cookieOf((await logIn()).headers)
    await server.session().post('/api/authn/logout')
    expect((await create({ cookie: fresh })).status).toBe(401)
  })

  test('/user/logout ends the session, for those who ask for it themselves', async () => {
    const cookie = cookieOf((await logIn()).headers)
    const logOut = (headers: Record<string, string>) =>
      islandoraClient(server, headers).send('GET', '/user/logout')
    expect((await logOut({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await create({ cookie })).status).toBe(201)
    const { status, headers } = await logOut({ cookie })
    expect(status).toBe(200)
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/=; Max-Age=0;/)])
    expect((await create({ cookie })).status).toBe(401)
    for (const none of [{}, { cookie }, { cookie: 'SESSislandora=x' }]) {
      expect((await logOut(none)).status).toBe(200)
    }
  })

  test('pages of other sites neither change anything by cookie nor sign anybody in', async () => {
    const cookie = cookieOf((await logIn()).headers)
    for (const foreign of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect(await create({ cookie, ...foreign })).toMatchObject({
        status: 403,
        json: { message: expect.any(String) },
      })
      expect((await logIn({}, foreign)).status).toBe(403)
    }
    const kept = basic(ADMINISTRATOR.email, await tokenOf(server))
    expect((await create({ ...kept, origin: 'https://evil.example' })).status).toBe(403)
    expect((await create({ cookie, origin: server.url })).status).toBe(201)
    expect((await create({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  })

  test('Basic: e-mail address or netid, and a token of that person', async () => {
    const token = await tokenOf(server, 'admin')
    expect((await create(basic('ADMIN@example.org', token))).status).toBe(201)
    const own = await tokenOf(server, 'admin', JANE)
    // Known, but not allowed to.
    expect((await create(basic('jane', own))).status).toBe(403)
    expect((await create(basic('jane', token))).status).toBe(401)
    expect((await create(basic(ADMINISTRATOR.email, ADMINISTRATOR.password))).status).toBe(401)
  })

  test('X-Authorization-User: the same in a header of its own', async () => {
    const token = await tokenOf(server, 'admin')
    expect((await create({ 'x-authorization-user': `admin@example.org:${token}` })).status).toBe(201)
    expect((await create({ 'x-authorization-user': `jane:${token}` })).status).toBe(401)
    expect((await create({ 'x-authorization-user': 'nobody' })).status).toBe(401)
  })

  test('credentials that are no good are 401 also where none are needed', async () => {
    const { pid } = (await (await administratorClient(server)).send('POST', 'object')).json as { pid: string }
    const client = islandoraClient(server, basic('jane', 'hxp_nothing'))
    const { status, headers } = await client.send('GET', `object/${pid}`)
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toMatch(/^Basic /)
    expect((await islandoraClient(server).send('GET', `object/${pid}`)).status).toBe(200)
  })
})
