import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DSpaceSession } from '../src/index.ts'
import { account, json, startDSpace, tellCsrf } from './dspace-server.ts'

const hello = {
  '/api/hello': (_req: unknown, res: Parameters<typeof json>[0]) => json(res, 200, { hello: 1 }),
}

describe('checks before any request', () => {
  const options = { email: 'a@example.org', password: 'x' }

  test.each([
    'ftp://example.org/server',
    'example.org/server',
    '/server',
    '',
    'https:',
    'https://u:p@example.org/server',
    'https://example.org/server?x=1',
    'https://example.org/server#top',
  ])('endpoint %s is refused', (endpoint) => {
    expect(() => new DSpaceSession(endpoint, options)).toThrow(
      expect.objectContaining({ code: 'endpoint_invalid', name: 'EndpointError' }),
    )
  })

  test.each([
    {},
    { email: '', password: 'x' },
    { user: '   ', password: 'x' },
    { email: 'a@example.org', password: '  ' },
    { email: 'a@example.org' },
    { password: 'x' },
  ])('account %j is refused', (account) => {
    expect(() => new DSpaceSession('https://example.org/server', account)).toThrow(
      expect.objectContaining({ code: 'credentials_missing', name: 'LoginError' }),
    )
  })

  test('slashes at the end are tolerated', () => {
    expect(new DSpaceSession('https://example.org/server//', options).endpoint).toBe(
      'https://example.org/server',
    )
  })

  test('the password shows neither in inspection nor in the state', async () => {
    const { inspect } = await import('node:util')
    const session = new DSpaceSession('https://example.org/server', { ...options, password: 'hunter42' })
    expect(inspect(session, { depth: 9, showHidden: true })).not.toContain('hunter42')
    expect(JSON.stringify([session, session.state()])).not.toContain('hunter42')
  })
})

describe.each([7, 8] as const)('DSpace %i', (version) => {
  test('logs in with the first request and answers it', async () => {
    await using server = await startDSpace({ version, routes: hello })
    const session = new DSpaceSession(`${server.endpoint}/`, account)
    expect(server.seen).toHaveLength(0)
    expect(await session.getJson('/api/hello')).toEqual({ hello: 1 })
    expect(server.logins()).toBe(1)
    const last = server.seen.at(-1)
    expect(last?.headers.authorization).toMatch(/^Bearer .+\..+\..+$/)
  })

  test('static login logs in at once, once', async () => {
    await using server = await startDSpace({ version, routes: hello })
    const session = await DSpaceSession.login(server.endpoint, {
      email: account.user,
      password: account.password,
    })
    await session.get('/api/hello')
    expect(server.logins()).toBe(1)
  })

  test('a wrong password is a typed error', async () => {
    await using server = await startDSpace({ version })
    const login = DSpaceSession.login(server.endpoint, { ...account, password: 'wrong' })
    await expect(login).rejects.toMatchObject({
      code: 'login_refused',
      status: 401,
      challenge: 'password realm="DSpace REST API"',
    })
  })

  test('the CSRF token is followed through every change', async () => {
    await using server = await startDSpace({
      version,
      routes: {
        ...hello,
        // Changes header and cookie on answers of every kind.
        '/api/changes': (_req, res) => {
          tellCsrf(res, randomUUID())
          json(res, 200, {})
        },
        '/api/fails': (_req, res) => {
          tellCsrf(res, randomUUID())
          json(res, 422, { status: 422, message: 'no' })
        },
        '/api/moves': (_req, res) => {
          tellCsrf(res, randomUUID())
          res.writeHead(302, { location: '/server/api/hello' }).end()
        },
      },
    })
    const session = await DSpaceSession.login(server.endpoint, account)
    const refused = () => server.seen.length
    await session.get('/api/changes')
    await session.post('/api/hello')
    await expect(session.get('/api/fails')).rejects.toMatchObject({ code: 'http_error', status: 422 })
    await session.post('/api/hello')
    expect(await session.getJson('/api/moves')).toEqual({ hello: 1 })
    const before = refused()
    await session.patch('/api/hello', { json: [] })
    // One request only: none was refused and repeated.
    expect(server.seen.length - before).toBe(1)
    expect(server.count('POST', '/api/hello')).toBe(2)
  })

  test('logout ends the token; the next request logs in again', async () => {
    await using server = await startDSpace({ version, routes: hello })
    {
      await using session = await DSpaceSession.login(server.endpoint, account)
      await session.get('/api/hello')
    }
    expect(server.count('POST', '/api/authn/logout')).toBe(1)
    const session = await DSpaceSession.login(server.endpoint, account)
    await session.logout()
    await session.logout()
    expect(server.count('POST', '/api/authn/logout')).toBe(2)
    await session.get('/api/hello')
    expect(server.logins()).toBe(3)
  })

  test('whoAmI tells the person', async () => {
    await using server = await startDSpace({ version })
    const session = new DSpaceSession(server.endpoint, account)
    expect(await session.whoAmI()).toMatchObject({ email: account.user })
    const nobody = new DSpaceSession(server.endpoint, { anonymous: true })
    expect(await nobody.whoAmI()).toBeUndefined()
  })

  test('a stored state goes on without password, until it is revoked', async () => {
    await using server = await startDSpace({ version, routes: hello })
    const first = await DSpaceSession.login(server.endpoint, account)
    const state: unknown = JSON.parse(JSON.stringify(first.state()))

    const second = new DSpaceSession(server.endpoint, { state })
    expect(second.user).toBe(account.user)
    await second.post('/api/hello')
    expect(server.logins()).toBe(1)

    server.revoke()
    await expect(second.get('/api/hello')).rejects.toMatchObject({ code: 'login_required' })
  })
})

test('a state of another server or user, or none, is refused', () => {
  const session = new DSpaceSession('https://a.example.org/server', account)
  const state = session.state()
  const other = (endpoint: string, options: object) => () =>
    new DSpaceSession(endpoint, { ...account, state, ...options })
  const invalid = expect.objectContaining({ code: 'state_invalid' })
  expect(other('https://b.example.org/server', {})).toThrow(invalid)
  expect(other('https://a.example.org/server', { user: 'bob' })).toThrow(invalid)
  expect(other('https://a.example.org/server', { state: { version: 2 } })).toThrow(invalid)
  expect(other('https://a.example.org/server', {})).not.toThrow()
})

test('a stale CSRF token is replaced and the request repeated once, unless it is a stream', async () => {
  let got = 0
  await using server = await startDSpace({
    version: 8,
    routes: { 'POST /api/hello': (_req, res) => json(res, 200, { got: (got += 1) }) },
  })
  const session = await DSpaceSession.login(server.endpoint, account)
  const spoiled = { ...session.state(), csrf: { ...session.state().csrf, token: 'stale' } }

  const second = new DSpaceSession(server.endpoint, { ...account, state: spoiled })
  expect(await (await second.post('/api/hello', { json: {} })).json()).toEqual({ got: 1 })
  expect(server.count('POST', '/api/hello')).toBe(2)

  const third = new DSpaceSession(server.endpoint, { ...account, state: spoiled })
  const body = new Blob(['x']).stream()
  await expect(third.post('/api/hello', { body })).rejects.toMatchObject({ status: 403 })
  expect(server.count('POST', '/api/hello')).toBe(3)
})

test('a refusal that is none of CSRF is not repeated, though DSpace 7 adds a token to it', async () => {
  await using server = await startDSpace({
    version: 7,
    routes: { 'POST /api/forbidden': (_req, res) => json(res, 403, { status: 403, message: 'not yours' }) },
  })
  const session = await DSpaceSession.login(server.endpoint, account)
  await expect(session.post('/api/forbidden')).rejects.toMatchObject({
    status: 403,
    method: 'POST',
    body: { message: 'not yours' },
  })
  expect(server.count('POST', '/api/forbidden')).toBe(1)
})

test('a login that moved to another origin names it', async () => {
  const moved = { location: 'https://repository.example.org/server/api/authn/login' }
  await using server = await startDSpace({
    version: 7,
    open: { 'POST /api/authn/login': (_req, res) => void res.writeHead(301, moved).end() },
  })
  await expect(DSpaceSession.login(server.endpoint, account)).rejects.toMatchObject({
    code: 'endpoint_moved',
    url: moved.location,
  })
})

test('a login without token in its answer fails', async () => {
  await using server = await startDSpace({
    version: 7,
    open: { 'POST /api/authn/login': (_req, res) => json(res, 200, {}) },
  })
  await expect(DSpaceSession.login(server.endpoint, account)).rejects.toMatchObject({ code: 'login_failed' })
})
