import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import { call, codeIn, echo, logIn, mailTo, post, tokenOf } from './pele-client.ts'

const PASSWORD = 'a long enough passphrase'
const DAY_MS = 24 * 60 * 60 * 1000
const TAKEN = { success: false, message: 'Registration failed. Please contact support.' }
const NO_CODE = { success: false, message: 'Invalid verification code' }

let server: TestServer
let now: number
beforeAll(async () => {
  now = Date.now()
  server = await startTestServer({ HEXAPLA_PELE_RATE_LIMITS: 'off' }, { clock: () => new Date(now) })
})
afterAll(() => server.stop())

const register = (email: string, password = PASSWORD) => post(server, '/register', { email, password })
const verify = (email: string, code: string) => post(server, '/verify', { email, verification_code: code })

async function member(email: string): Promise<{ email: string; password: string }> {
  await register(email)
  await verify(email, codeIn(await mailTo(server, email)))
  return { email, password: PASSWORD }
}

describe('registration', () => {
  test('register, verify by the code that is mailed, log in, echo', async () => {
    const registered = await register(' Koa@Test.com ')
    expect(registered.status).toBe(201)
    expect(registered.json).toEqual({
      success: true,
      message: 'Verification email sent. Verify before using the API.',
      email: 'koa@test.com',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const account = { email: 'koa@test.com', password: PASSWORD }
    expect((await logIn(server, account)).status).toBe(401)

    const mail = await mailTo(server, 'koa@test.com')
    expect(mail.subject).toBe('Verify your Pele API account')
    expect(mail.text).toContain(`account at ${server.url}/pele/api/v0.1/:\n\n`)
    const verified = await verify('KOA@test.com', codeIn(mail))
    expect(verified.status).toBe(200)
    expect(verified.json).toEqual({
      success: true,
      message: 'Mahalo for verifying. You may now login to receive an API token.',
    })

    const { status, json } = await logIn(server, account)
    expect(status).toBe(200)
    expect(json).toEqual({ success: true, message: null, token: expect.any(String) })
    expect((await echo(server, String(json?.['token']))).json).toEqual({
      success: true,
      message: 'hello world',
    })
    // The same person in every dialect.
    expect(await server.session(account).whoAmI()).toMatchObject({
      id: registered.json?.['id'],
      email: 'koa@test.com',
    })
  })

  test('the form may be multipart', async () => {
    const body = new FormData()
    body.append('email', 'parts@test.com')
    body.append('password', PASSWORD)
    expect((await call(server, '/register', { method: 'POST', body })).status).toBe(201)
  })

  test('a code works once, for its address, and for a day', async () => {
    await register('once@test.com')
    const code = codeIn(await mailTo(server, 'once@test.com'))
    await register('other@test.com')
    expect(await verify('other@test.com', code)).toMatchObject({ status: 401, json: NO_CODE })
    expect(await verify('once@test.com', 'ffa8d18b-f581-44bf-8864-b52a2cd8e7b6')).toMatchObject({
      status: 401,
    })
    expect((await verify('once@test.com', code)).status).toBe(200)
    expect(await verify('once@test.com', code)).toMatchObject({ status: 401, json: NO_CODE })

    await register('late@test.com')
    const late = codeIn(await mailTo(server, 'late@test.com'))
    now += DAY_MS
    expect(await verify('late@test.com', late)).toMatchObject({ status: 401, json: NO_CODE })
    // Whoever comes too late begins anew.
    expect((await register('late@test.com')).status).toBe(201)
  })

  test('of requests that bring a code at once, one is taken', async () => {
    await register('race@test.com')
    const code = codeIn(await mailTo(server, 'race@test.com'))
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify('race@test.com', code)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.sort((one, other) => one - other)).toEqual([200, 401, 401, 401, 401])
  })

  test('the code is nowhere but in the mail', async () => {
    await register('hidden@test.com')
    const code = codeIn(await mailTo(server, 'hidden@test.com'))
    const rows = await server.repository.database.write
      .selectFrom('registration')
      .selectAll()
      .where('email', '=', 'hidden@test.com')
      .execute()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(code)
    expect(JSON.stringify(rows)).not.toContain(PASSWORD)
  })

  test.each([
    ['an account of the repository', ADMINISTRATOR.email],
    ['somebody who has registered', 'taken@test.com'],
    ['the same in other letters', 'TAKEN@test.com'],
  ])('an address that is taken, %s, is 400 in the words of the original', async (_whose, email) => {
    await register('taken@test.com')
    expect(await register(email)).toMatchObject({ status: 400, json: TAKEN })
  })

  test.each([
    [{ email: 'nobody', password: PASSWORD }, 'email'],
    [{ email: 'a@b.org,c@d.org', password: PASSWORD }, 'email'],
    [{ email: 'a@b.org\u0000', password: PASSWORD }, 'email'],
    [{ email: 'weak@test.com', password: 'test' }, 'password'],
    [{ email: 'weak@test.com' }, 'password'],
    [{}, 'email'],
  ])('%j is 400 and says what is wrong', async (fields, culprit) => {
    expect(await post(server, '/register', fields)).toMatchObject({
      status: 400,
      json: { success: false, message: expect.any(String), errors: { [culprit]: expect.any(String) } },
    })
  })

  test('a field given twice, a body of another kind', async () => {
    const twice = new URLSearchParams([
      ['email', 'a@test.com'],
      ['email', 'b@test.com'],
      ['password', PASSWORD],
    ])
    expect((await call(server, '/register', { method: 'POST', body: twice })).status).toBe(400)
    const json = { body: '{}', headers: { 'content-type': 'application/json' } }
    expect((await call(server, '/register', { method: 'POST', ...json })).status).toBe(415)
  })
})

describe('tokens', () => {
  const INVALID = {
    success: false,
    authenticated: false,
    message: 'Invalid token. Registeration and/or authentication required',
  }

  test('wrong credentials are 401 in plain text', async () => {
    for (const account of [
      { email: 'nobody@test.com', password: PASSWORD },
      { email: ADMINISTRATOR.email, password: 'wrong' },
    ]) {
      const { status, text, headers } = await logIn(server, account)
      expect({ status, text }).toEqual({ status: 401, text: 'Unauthorized Access' })
      expect(headers.get('content-type')).toMatch(/^text\/plain/)
      expect(headers.get('www-authenticate')).toMatch(/^Basic /)
    }
    expect((await call(server, '/login', { method: 'POST' })).text).toBe('Unauthorized Access')
    expect((await logIn(server, { email: 'a\u0000b', password: 'c' })).status).toBe(400)
  })

  test('somebody who has an account in the repository logs in', async () => {
    const account = { email: 'jane@example.org', password: 'päss:wörd with colon' }
    await createPerson(server.session(), account)
    expect((await echo(server, await tokenOf(server, account))).status).toBe(200)
    const latin1 = Buffer.from(`${account.email}:${account.password}`, 'latin1').toString('base64')
    const headers = { authorization: `Basic ${latin1}` }
    expect((await call(server, '/login', { method: 'POST', headers })).status).toBe(200)
  })

  test('missing, invalid and expired tokens, word for word', async () => {
    expect(await echo(server)).toMatchObject({ status: 401, json: INVALID })
    const token = await tokenOf(server)
    for (const bad of ['x', `${token}x`, token.split('.').slice(0, 2).join('.')]) {
      const { status, json } = await echo(server, bad)
      expect({ status, json }).toEqual({ status: 401, json: INVALID })
    }
    now += DAY_MS - 1000
    expect((await echo(server, token)).status).toBe(200)
    now += 2000
    const { status, json } = await echo(server, token)
    expect({ status, json }).toEqual({
      status: 401,
      json: { success: false, authenticated: false, message: 'Expired token. Reauthentication required.' },
    })
  })

  test('tokens of other dialects’ sessions are none, API tokens of the repository are', async () => {
    const session = server.session()
    const made = await session.post('/api/authn/tokens', { json: { name: 'pele', scope: 'read' } })
    const { token } = (await made.json()) as { token: string }
    expect((await echo(server, token)).status).toBe(200)
    expect(await echo(server, `${token}x`)).toMatchObject({ status: 401, json: INVALID })
    const headers = { authorization: `Bearer ${await tokenOf(server)}` }
    const status = await fetch(`${server.api}/authn/status`, { headers })
    expect(await status.json()).toMatchObject({ authenticated: false })
  })

  test('Authorization is not looked at: requests sends it with everything', async () => {
    const headers = { 'x-api-key': await tokenOf(server), authorization: 'Basic bm9ib2R5Ondyb25n' }
    expect((await call(server, '/test/echo?echo_str=a', { headers })).status).toBe(200)
  })

  test('a token ends when its person signs out anywhere, changes the password, or may log in no more', async () => {
    const account = await member('ends@test.com')
    const session = server.session(account)
    const person = await session.whoAmI()
    const path = `/api/eperson/epersons/${String(person?.['id'])}`
    const endings: [string, () => Promise<unknown>][] = [
      ['logout', () => session.post('/api/authn/logout')],
      [
        'password',
        () => {
          const value = { current_password: PASSWORD, new_password: PASSWORD }
          return server.session(account).patch(path, { json: [{ op: 'add', path: '/password', value }] })
        },
      ],
      [
        'barred',
        () => server.session().patch(path, { json: [{ op: 'replace', path: '/canLogIn', value: false }] }),
      ],
    ]
    for (const [ending, end] of endings) {
      const token = await tokenOf(server, account)
      expect((await echo(server, token)).status).toBe(200)
      await end()
      const { status, json } = await echo(server, token)
      expect({ ending, status, json }).toEqual({ ending, status: 401, json: INVALID })
    }
  })
})

describe('the service', () => {
  test('echo', async () => {
    const token = await tokenOf(server)
    expect((await echo(server, token, 'ʻōlelo & \u0000')).json).toEqual({
      success: true,
      message: 'ʻōlelo & \u0000',
    })
    const headers = { 'x-api-key': token }
    expect(await call(server, '/test/echo', { headers })).toMatchObject({
      status: 400,
      json: { success: false, message: 'Missing echo_str parameter.' },
    })
    expect((await call(server, '/test/echo?echo_str=a', { headers, method: 'HEAD' })).status).toBe(200)
    expect((await call(server, '/test/echo', { headers, method: 'POST' })).status).toBe(405)
  })

  test('the root leads to a page about the API, which needs nothing from elsewhere', async () => {
    for (const path of ['/pele', '/pele/', '/pele/api/v0.1']) {
      const { status, headers } = await call(server, path)
      expect(status).toBe(302)
      expect(headers.get('location')).toBe(`${server.url}/pele/api/v0.1/`)
    }
    const { status, text } = await call(server, '/')
    expect(status).toBe(200)
    expect(text).toContain('Pele REST API')
    expect(text).toContain('data-header="X-API-KEY" data-prefix=""')
    expect(text).not.toMatch(/(?:src|href)="https?:/)
  })

  test('a description for programs', async () => {
    const { json } = await call(server, '/swagger.json')
    expect(json).toMatchObject({ openapi: '3.1.0', servers: [{ url: server.url }] })
    const paths = Object.keys(json?.['paths'] as object)
    for (const path of ['/register', '/verify', '/login', '/test/echo']) {
      expect(paths).toContain(`/pele/api/v0.1${path}`)
    }
    expect(paths.filter((path) => !path.startsWith('/pele/'))).toEqual([])
  })

  test('pages of other origins may ask, with a token of their own', async () => {
    const origin = 'https://notebook.example'
    const headers = { origin, 'access-control-request-method': 'GET' }
    const preflight = await call(server, '/test/echo', { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('X-API-KEY')
    const { headers: given } = await call(server, '/test/echo', { headers: { origin } })
    expect(given.get('access-control-allow-origin')).toBe('*')
    expect(given.get('access-control-allow-credentials')).toBe(null)
  })
})

test('HEXAPLA_PELE_AUTH=off opens the reading calls; a token that is no good is none still', async () => {
  const open = await startTestServer({ HEXAPLA_PELE_AUTH: 'off' })
  try {
    expect((await echo(open)).status).toBe(200)
    expect((await echo(open, 'x')).status).toBe(401)
  } finally {
    await open.stop()
  }
})

test('tokens and registrations survive a restart', async () => {
  const token = await tokenOf(server)
  const { startServer, parseConfig } = await import('@hexapla/server')
  const other = await startServer(parseConfig(server.environment), { clock: () => new Date(now) })
  try {
    expect((await echo(other, token)).status).toBe(200)
  } finally {
    await other.stop()
  }
})
