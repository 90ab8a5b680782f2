import { expect, test } from 'vitest'
import { type Clock, DSpaceSession, LoginError } from '../src/index.ts'
import { account, type DSpaceServer, json, startDSpace } from './dspace-server.ts'

const minute = 60_000
const routes = {
  '/api/hello': (_req: unknown, res: Parameters<typeof json>[0]) => json(res, 200, { hello: 1 }),
}

function movableClock() {
  let offset = 0
  const now = () => Date.now() + offset
  const clock: Clock = { now, sleep: () => Promise.resolve() }
  return { clock, now, forward: (ms: number) => (offset += ms) }
}

async function fiftyGets(session: DSpaceSession): Promise<void> {
  const responses = await Promise.all(Array.from({ length: 50 }, () => session.getJson('/api/hello')))
  expect(responses).toEqual(Array.from({ length: 50 }, () => ({ hello: 1 })))
}

test('fifty first requests share one login', async () => {
  await using server = await startDSpace({ version: 8, routes, loginDelayMs: 50 })
  await fiftyGets(new DSpaceSession(server.endpoint, account))
  expect(server.logins()).toBe(1)
  expect(server.count('GET', '/api/security/csrf')).toBe(1)
})

test('fifty requests near the end of the token share one renewal, made with the old token alone', async () => {
  const time = movableClock()
  await using server = await startDSpace({
    version: 8,
    routes,
    loginDelayMs: 50,
    claims: () => ({ exp: Math.floor(time.now() / 1000) + 1800 }),
  })
  const session = await DSpaceSession.login(server.endpoint, { ...account, clock: time.clock })
  const old = session.state().auth?.token

  time.forward(24 * minute)
  await fiftyGets(session)
  expect(server.renewals()).toBe(0)

  time.forward(minute)
  await fiftyGets(session)
  expect(server.renewals()).toBe(1)
  expect(server.logins()).toBe(1)
  const renewal = server.seen.filter((request) => request.path === '/api/authn/login').at(-1)
  expect(renewal?.headers.authorization).toBe(`Bearer ${old}`)
  expect(renewal?.headers['content-length']).toBe('0')
  expect(session.state().auth?.token).not.toBe(old)
})

test.each([
  ['without exp', { claims: () => ({}) }],
  ['with an exp that is no number', { claims: () => ({ exp: 'soon' }) }],
  ['that is no JWT', { token: () => 'opaque' }],
  ['whose claims cannot be read', { token: () => 'a.%%%.c' }],
])('a token %s counts for thirty minutes', async (_name, options) => {
  const time = movableClock()
  await using server = await startDSpace({ version: 7, routes, ...options })
  const session = await DSpaceSession.login(server.endpoint, { ...account, clock: time.clock })
  time.forward(24.9 * minute)
  await session.get('/api/hello')
  expect(server.renewals()).toBe(0)
  time.forward(0.2 * minute)
  await session.get('/api/hello')
  await session.get('/api/hello')
  expect(server.renewals()).toBe(1)
})

test('tokens that live shorter than the margin are not renewed for each request', async () => {
  await using server = await startDSpace({
    version: 8,
    routes,
    claims: () => ({ exp: Math.floor(Date.now() / 1000) + 200 }),
  })
  const session = await DSpaceSession.login(server.endpoint, account)
  for (let n = 0; n < 5; n += 1) await session.get('/api/hello')
  expect(server.renewals()).toBe(1)
})

test('a refused renewal is followed by a login with the password', async () => {
  const time = movableClock()
  await using server = await startDSpace({ version: 8, routes, refuseRenewal: true })
  const session = await DSpaceSession.login(server.endpoint, { ...account, clock: time.clock })
  time.forward(26 * minute)
  await fiftyGets(session)
  expect(server.logins()).toBe(2)
})

test('fifty requests with a revoked token share one new login and are repeated', async () => {
  await using server = await startDSpace({ version: 8, routes, loginDelayMs: 30 })
  const session = await DSpaceSession.login(server.endpoint, account)
  server.revoke()
  await fiftyGets(session)
  expect(server.logins()).toBe(2)
  server.revoke()
  const answer = await session.post('/api/hello', { json: { replayed: true } })
  expect(answer.status).toBe(200)
  expect(server.logins()).toBe(3)
})

test('a 401 that stays is handed on after one new login', async () => {
  await using server = await startDSpace({
    version: 8,
    routes: { '/api/never': (_req, res) => json(res, 401, { status: 401, message: 'never' }) },
  })
  const session = await DSpaceSession.login(server.endpoint, account)
  await expect(session.get('/api/never')).rejects.toMatchObject({ code: 'http_error', status: 401 })
  expect(server.count('GET', '/api/never')).toBe(2)
  expect(server.logins()).toBe(2)
})

test('a stream is not sent before its token is known to be accepted, and never twice', async () => {
  const time = movableClock()
  await using server: DSpaceServer = await startDSpace({
    version: 8,
    routes: {
      'POST /api/take': async (req, res) => {
        let bytes = 0
        for await (const chunk of req) bytes += (chunk as Buffer).length
        json(res, 200, { bytes })
      },
    },
  })
  const session = await DSpaceSession.login(server.endpoint, { ...account, clock: time.clock })
  const body = () => new Blob(['0123456789']).stream()
  server.revoke()
  time.forward(2 * minute)
  expect(await (await session.post('/api/take', { body: body() })).json()).toEqual({ bytes: 10 })
  expect(server.logins()).toBe(2)
  expect(server.count('POST', '/api/take')).toBe(1)

  // Revoked within the minute in which it counts as certain: told to the caller, mended for the next.
  server.revoke()
  await expect(session.post('/api/take', { body: body() })).rejects.toMatchObject({ status: 401 })
  expect(server.count('POST', '/api/take')).toBe(2)
  expect(await (await session.post('/api/take', { body: body() })).json()).toEqual({ bytes: 10 })
})

test('who stops waiting for a renewal does not end it for the others', async () => {
  await using server = await startDSpace({ version: 8, routes, loginDelayMs: 100 })
  const session = new DSpaceSession(server.endpoint, account)
  const controller = new AbortController()
  const impatient = session.get('/api/hello', { signal: controller.signal })
  const patient = session.getJson('/api/hello')
  setTimeout(() => controller.abort(), 20)
  await expect(impatient).rejects.toMatchObject({ name: 'AbortError' })
  expect(await patient).toEqual({ hello: 1 })
  expect(server.logins()).toBe(1)
})

test('a failing login rejects all who wait, and the next request tries anew', async () => {
  let broken = true
  await using server = await startDSpace({ version: 8, routes })
  const session = new DSpaceSession(server.endpoint, {
    ...account,
    retry: { attempts: 1 },
    fetch: (input, init) => (broken ? fetch('http://127.0.0.1:1/', init) : fetch(input, init)),
  })
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => session.get('/api/hello')))
  expect(all.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code)).toEqual(
    Array.from({ length: 5 }, () => 'network_error'),
  )
  broken = false
  await session.get('/api/hello')
  expect(server.logins()).toBe(1)
})

test('a login that the server cannot serve is login_failed', async () => {
  await using server = await startDSpace({
    version: 8,
    open: { 'POST /api/authn/login': (_req, res) => json(res, 503, {}) },
  })
  const time = movableClock()
  const login = DSpaceSession.login(server.endpoint, { ...account, clock: time.clock })
  await expect(login).rejects.toBeInstanceOf(LoginError)
  await expect(login).rejects.toMatchObject({ code: 'login_failed', status: 503 })
  expect(server.count('POST', '/api/authn/login')).toBe(4)
})
