import { decodeJwt } from 'jose'
import { parseConfig, startServer } from '@hexapla/server'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPerson, RawSession } from './raw-session.ts'

const MINUTE_MS = 60_000
const PASSWORD = 'a long enough passphrase'

let server: TestServer
let now: number
beforeAll(async () => {
  server = await startTestServer({}, { clock: () => new Date(now) })
})
beforeEach(() => {
  now = Date.now()
})
afterAll(() => server.stop())

const visitor = () => new RawSession(server.api)

describe('signing in', () => {
  test('the authentication endpoint links to what there is, and the links hold', async () => {
    const body = await (await fetch(`${server.api}/authn`)).json()
    expect(body).toMatchObject({
      type: 'authn',
      _links: {
        login: { href: `${server.api}/authn/login` },
        logout: { href: `${server.api}/authn/logout` },
        status: { href: `${server.api}/authn/status` },
        shortlivedtokens: { href: `${server.api}/authn/shortlivedtokens` },
      },
    })
  })

  test('a form with the right password gives a token with the claims of the contract', async () => {
    const session = visitor()
    const response = await session.logIn(ADMINISTRATOR)
    expect(response.status).toBe(200)
    expect(response.headers.get('www-authenticate')).toContain('password realm="DSpace REST API"')
    const claims = decodeJwt(session.token ?? '')
    expect(claims).toMatchObject({ eid: expect.any(String), sg: [] })
    expect(claims.exp).toBe(Math.floor(now / 1000) + 1800)
    expect(await session.json('/authn/status')).toMatchObject({
      okay: true,
      authenticated: true,
      type: 'status',
    })
  })

  test.each([
    ['a wrong password', { email: ADMINISTRATOR.email, password: 'wrong' }],
    ['an unknown address', { email: 'nobody@example.org', password: ADMINISTRATOR.password }],
  ])('%s is refused with the methods that there are', async (_case, account) => {
    const response = await visitor().logIn(account)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('password realm=')
    expect(response.headers.get('authorization')).toBeNull()
    expect(await response.json()).toMatchObject({ code: 'LOGIN_REFUSED', status: 401 })
  })

  test('neither form nor token is 401', async () => {
    const session = visitor()
    await session.start()
    const response = await session.send('POST', '/authn/login')
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'credentials-missing' })
  })

  test('somebody barred cannot sign in', async () => {
    const admin = server.session()
    const account = { email: 'barred@example.org', password: PASSWORD }
    await createPerson(admin, account, { canLogIn: false })
    expect((await visitor().logIn(account)).status).toBe(401)
  })

  test('signing in and short-lived tokens take a POST', async () => {
    expect((await fetch(`${server.api}/authn/login`)).status).toBe(405)
    expect((await fetch(`${server.api}/authn/shortlivedtokens`)).status).toBe(405)
  })
})

describe('the CSRF token', () => {
  test('without one, a write is refused and brings one', async () => {
    const response = await fetch(`${server.api}/authn/login`, { method: 'POST', body: new URLSearchParams() })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'csrf-token-invalid' })
    const token = response.headers.get('dspace-xsrf-token')
    expect(token).toMatch(/\S{16,}/)
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(`^DSPACE-XSRF-COOKIE=${token}; .*Path=/server; HttpOnly; SameSite=Lax`),
      ),
    ])
  })

  test('one that does not match the cookie is refused', async () => {
    const session = visitor()
    await session.start()
    session.csrf = 'another'
    const response = await session.send('POST', '/authn/logout')
    expect(response.status).toBe(403)
  })

  test('security/csrf gives a new one every time, also to a client that has one', async () => {
    const session = visitor()
    const first = await session.start()
    expect(first.status).toBe(204)
    const second = await session.send('GET', '/security/csrf')
    const token = second.headers.get('dspace-xsrf-token')
    expect(token).toMatch(/\S{16,}/)
    expect(token).not.toBe(first.headers.get('dspace-xsrf-token'))
    expect(second.headers.getSetCookie().join()).toContain(`DSPACE-XSRF-COOKIE=${token}`)
  })

  test('a client of DSpace 7 gets its first one from any answer', async () => {
    const response = await fetch(server.api)
    expect(response.headers.get('dspace-xsrf-token')).toMatch(/\S{16,}/)
  })

  test('one that the client made up itself is taken: cookie and header agree', async () => {
    const session = visitor()
    session.csrf = 'f3b1de75-5bf9-4ca3-bf4d-42bc8abd0d42'
    session.cookie = session.csrf
    expect((await session.logIn(ADMINISTRATOR)).status).toBe(200)
  })

  test('it changes with signing in and out', async () => {
    const session = visitor()
    await session.start()
    const before = session.csrf
    await session.logIn(ADMINISTRATOR)
    const between = session.csrf
    await session.send('POST', '/authn/logout')
    expect(new Set([before, between, session.csrf]).size).toBe(3)
  })
})

describe('renewing a token', () => {
  test.each([
    ['an empty body', undefined, undefined],
    ['an empty JSON object', '{}', 'application/json'],
    ['an empty form', '', 'application/x-www-form-urlencoded'],
  ])('with %s', async (_case, body, type) => {
    const session = visitor()
    await session.logIn(ADMINISTRATOR)
    const first = session.token ?? ''
    now += 10 * MINUTE_MS
    const response = await session.send('POST', '/authn/login', {
      ...(body === undefined ? {} : { body }),
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    })
    expect(response.status).toBe(200)
    const renewed = decodeJwt(response.headers.get('authorization')?.slice('Bearer '.length) ?? '')
    expect(renewed.exp).toBe((decodeJwt(first).exp ?? 0) + 600)
  })

  test('comes too late after the end', async () => {
    const session = visitor()
    await session.logIn(ADMINISTRATOR)
    now += 31 * MINUTE_MS
    expect(await session.json('/authn/status')).toMatchObject({ okay: true, authenticated: false })
    expect((await session.send('POST', '/authn/login')).status).toBe(401)
  })
})

describe('signing out', () => {
  test('ends every session of the person, and of nobody else', async () => {
    const account = { email: 'everywhere@example.org', password: PASSWORD }
    const admin = server.session()
    await createPerson(admin, account)
    const [here, there] = [visitor(), visitor()]
    await here.logIn(account)
    await there.logIn(account)
    expect((await here.send('POST', '/authn/logout')).status).toBe(204)
    for (const session of [here, there]) {
      const response = await session.send('GET', '/authn/status')
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ authenticated: false })
      expect((await session.send('POST', '/authn/login')).status).toBe(401)
    }
    expect(await admin.getJson('/api/authn/status')).toMatchObject({ authenticated: true })
  })

  test('says nothing about a missing or invalid token', async () => {
    const session = visitor()
    await session.start()
    expect((await session.send('POST', '/authn/logout')).status).toBe(204)
    session.token = 'no.such.token'
    expect((await session.send('POST', '/authn/logout')).status).toBe(204)
  })
})

test('a token outlives the server: another one on the same database takes it', async () => {
  const session = visitor()
  await session.logIn(ADMINISTRATOR)
  const other = await startServer(parseConfig(server.environment))
  try {
    const response = await fetch(`${other.url}/server/api/authn/status`, {
      headers: { authorization: `Bearer ${session.token}` },
    })
    expect(await response.json()).toMatchObject({ authenticated: true })
  } finally {
    await other.stop()
  }
})

describe('the status', () => {
  test('of a visitor is 200, without a person', async () => {
    const response = await fetch(`${server.api}/authn/status`)
    expect(response.status).toBe(200)
    const body = await response.json()
    expect(body).toMatchObject({ okay: true, authenticated: false })
    expect(body).not.toHaveProperty('_links.eperson')
    expect(body).toHaveProperty('_links.specialGroups.href', `${server.api}/authn/status/specialGroups`)
  })

  test('embeds the person and the special groups', async () => {
    const session = visitor()
    await session.logIn(ADMINISTRATOR)
    expect(await session.json('/authn/status?embed=eperson&embed=specialGroups')).toMatchObject({
      _links: { eperson: { href: expect.stringContaining('/api/eperson/epersons/') } },
      _embedded: {
        eperson: { email: ADMINISTRATOR.email, type: 'eperson' },
        specialGroups: { page: { totalElements: 0, number: 0 } },
      },
    })
    expect(await session.json('/authn/status/specialGroups')).toMatchObject({
      page: { size: 20, totalElements: 0, totalPages: 0, number: 0 },
    })
  })
})
