import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type Clock, IslandoraSession } from '../../src/index.ts'
import { account, empty, json, startIslandora } from './islandora-server.ts'

const root = { pid: 'islandora:root', label: 'Root Object', datastreams: [] }
const routes = {
  'GET object/islandora:root': (res: Parameters<typeof json>[0]) => json(res, 200, root),
  'POST object/islandora:root/datastream': (res: Parameters<typeof json>[0]) =>
    json(res, 201, { dsid: 'OBJ' }),
}

describe('checks before any request', () => {
  test.each([{}, { user: 'ada' }, { password: 'x' }, { user: ' ', token: 'x' }, { token: 'x' }])(
    'account %j is refused',
    (options) => {
      expect(() => new IslandoraSession('https://example.org', options)).toThrow(
        expect.objectContaining({ code: 'credentials_missing' }),
      )
    },
  )

  test.each([
    { ...account, token: 'x' },
    { ...account, anonymous: true },
    { user: 'a:b', token: 'x' },
    { user: 'ada', token: 'ü', tokenHeader: 'X-Authorization-User' as const },
  ])('options %j are refused', (options) => {
    expect(() => new IslandoraSession('https://example.org', options)).toThrow(
      expect.objectContaining({ code: 'options_invalid' }),
    )
  })

  test('the password does not show in inspection', () => {
    const session = new IslandoraSession('https://example.org/drupal/', account)
    expect(session.site).toBe('https://example.org/drupal')
    expect(inspect(session, { depth: 9, showHidden: true })).not.toContain(account.password)
  })
})

describe('the session cookie', () => {
  test('one login for many requests, and one more when the session has ended', async () => {
    await using site = await startIslandora({ routes, loginDelayMs: 30 })
    const session = new IslandoraSession(site.origin, account)
    const many = () =>
      Promise.all(Array.from({ length: 20 }, async () => session.objects.read('islandora:root')))
    expect((await many()).every(({ label }) => label === 'Root Object')).toBe(true)
    expect(site.logins()).toBe(1)
    site.endSessions()
    await many()
    expect(site.logins()).toBe(2)
  })

  test('a cookie that has ended is renewed without being tried', async () => {
    await using site = await startIslandora({ routes, cookie: 'Max-Age=1' })
    const session = new IslandoraSession(site.origin, account)
    await session.objects.read('islandora:root')
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await session.objects.read('islandora:root')
    expect(site.logins()).toBe(2)
    expect(site.seen).toHaveLength(2)
  })

  test('before a stream, which is never sent twice, an old session is begun anew', async () => {
    let now = Date.now()
    const clock: Clock = { now: () => now, sleep: () => Promise.resolve() }
    await using site = await startIslandora({ routes })
    const session = new IslandoraSession(site.origin, { ...account, clock })
    const add = () => session.datastreams.add('islandora:root', 'OBJ', { file: new Blob(['x']) })
    await add()
    await add()
    expect(site.logins()).toBe(1)
    site.endSessions()
    now += 6 * 60_000
    await add()
    expect(site.logins()).toBe(2)
    // In a younger one that ends, the failure is told.
    site.endSessions()
    await expect(add()).rejects.toMatchObject({ status: 401 })
    await add()
    expect(site.logins()).toBe(3)
  })

  test('where visitors are told 403, an old session is begun anew, and a young one believed', async () => {
    let now = Date.now()
    const clock: Clock = { now: () => now, sleep: () => Promise.resolve() }
    await using site = await startIslandora({ routes, refusal: 403 })
    const session = new IslandoraSession(site.origin, { ...account, clock })
    await session.objects.read('islandora:root')
    site.endSessions()
    await expect(session.objects.read('islandora:root')).rejects.toMatchObject({
      status: 403,
      body: expect.stringContaining('<form') as string,
    })
    now += 6 * 60_000
    expect(await session.objects.read('islandora:root')).toEqual(root)
    expect(site.logins()).toBe(2)
  })

  test('an abort ends the waiting of one request, not the login of the others', async () => {
    await using site = await startIslandora({ routes, loginDelayMs: 50 })
    const session = new IslandoraSession(site.origin, account)
    const reason = new Error('enough')
    const aborted = session.objects.read('islandora:root', {
      signal: abortedIn(10, reason),
    })
    const other = session.objects.read('islandora:root')
    await expect(aborted).rejects.toBe(reason)
    expect(await other).toEqual(root)
    expect(site.logins()).toBe(1)
  })
})

describe('a login that fails', () => {
  test('Drupal shows its form once more, also to requests that wait', async () => {
    await using site = await startIslandora({ routes })
    const session = new IslandoraSession(site.origin, { ...account, password: 'wrong' })
    await expect(session.login()).rejects.toMatchObject({ code: 'login_refused', status: 200 })
    await expect(session.objects.read('islandora:root')).rejects.toMatchObject({ code: 'login_refused' })
    expect(site.seen).toHaveLength(0)
  })

  test.each([
    ['without a cookie', undefined],
    ['with a cookie for another site', 'SESSabc=1; Path=/; Domain=example.org'],
    ['with another cookie', 'has_js=1'],
  ])('%s', async (_name, cookie) => {
    await using site = await startIslandora({
      login(res) {
        if (cookie !== undefined) res.setHeader('set-cookie', cookie)
        json(res, 200, {})
      },
    })
    await expect(new IslandoraSession(site.origin, account).login()).rejects.toMatchObject({
      code: 'login_failed',
    })
  })

  test('a site that has moved is named', async () => {
    await using site = await startIslandora({
      login: (res) => res.writeHead(301, { location: 'https://islandora.example.org/user/login' }).end(),
    })
    await expect(new IslandoraSession(site.origin, account).login()).rejects.toMatchObject({
      code: 'endpoint_moved',
      url: 'https://islandora.example.org/user/login',
    })
  })

  test('a passing failure is repeated', async () => {
    let calls = 0
    await using site = await startIslandora({
      login(res) {
        calls += 1
        if (calls < 3) return empty(res, 503)
        res.setHeader('set-cookie', 'SESSabc=1; Path=/')
        return json(res, 200, {})
      },
    })
    const session = new IslandoraSession(site.origin, { ...account, retry: { baseMs: 1 } })
    await session.login()
    expect(calls).toBe(3)
  })
})

describe('a session that is kept', () => {
  test('goes on without the password, until its cookie is refused', async () => {
    await using site = await startIslandora({ routes })
    const first = new IslandoraSession(site.origin, account)
    expect(first.state()).toEqual({ version: 1, site: site.origin, user: account.user })
    await first.login()
    const state: unknown = JSON.parse(JSON.stringify(first.state()))
    expect(JSON.stringify(state)).not.toContain(account.password)

    const later = new IslandoraSession(site.origin, { state })
    expect(later.user).toBe(account.user)
    expect(await later.objects.read('islandora:root')).toEqual(root)
    site.endSessions()
    await expect(later.objects.read('islandora:root')).rejects.toMatchObject({ code: 'login_required' })
    expect(later.state()).not.toHaveProperty('cookies')
    expect(site.logins()).toBe(1)
  })

  test('is renewed with a password', async () => {
    await using site = await startIslandora({ routes })
    const first = new IslandoraSession(site.origin, account)
    await first.login()
    const later = new IslandoraSession(site.origin, { ...account, state: first.state() })
    await later.objects.read('islandora:root')
    expect(site.logins()).toBe(1)
    site.endSessions()
    await later.objects.read('islandora:root')
    expect(site.logins()).toBe(2)
  })

  test.each([
    ['nothing', null],
    ['of another version', { version: 2, site: 'https://example.org' }],
    ['of another site', { version: 1, site: 'https://other.example.org' }],
    ['of another user', { version: 1, site: 'https://example.org', user: 'bob' }],
    ['without a date', { version: 1, site: 'https://example.org', cookies: { jar: {} } }],
    ['without cookies', { version: 1, site: 'https://example.org', cookies: { jar: {}, since: 1 } }],
  ])('%s is refused', (_name, state) => {
    expect(() => new IslandoraSession('https://example.org', { user: 'ada', state })).toThrow(
      expect.objectContaining({ code: 'state_invalid' }),
    )
  })

  test('is not taken together with a token', () => {
    const state = { version: 1, site: 'https://example.org' }
    expect(() => new IslandoraSession('https://example.org', { user: 'ada', token: 'x', state })).toThrow(
      expect.objectContaining({ code: 'options_invalid' }),
    )
  })
})

describe('the end', () => {
  test('the session is over at the site; a later request begins another', async () => {
    await using site = await startIslandora({ routes })
    const session = new IslandoraSession(site.origin, account)
    await session.logout()
    expect(site.logins()).toBe(0)
    await session.login()
    expect(site.sessions()).toBe(1)
    await session.logout()
    expect(site.sessions()).toBe(0)
    expect(session.state()).not.toHaveProperty('cookies')
    await session.objects.read('islandora:root')
    expect(site.logins()).toBe(2)
  })

  test('a session that has ended already is no failure', async () => {
    await using site = await startIslandora({ routes })
    const session = new IslandoraSession(site.origin, account)
    await session.login()
    site.endSessions()
    await session.logout()
    expect(site.logins()).toBe(1)
  })
})

function abortedIn(ms: number, reason: Error): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), ms)
  return controller.signal
}
