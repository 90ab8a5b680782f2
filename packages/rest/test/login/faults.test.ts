import {
  cookieLogins,
  memorySessionStore,
  sessionLogins,
  type Login,
  type LoginStorage,
  type SessionStore,
} from '@hexapla/rest'
import { generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { TestClock } from '../sessions/contract-case.ts'
import { SECRET, startOrchard } from './orchard.ts'

const unavailable = [503, 'provider-unavailable']
const rest = () => new Promise((resolve) => setTimeout(resolve, 30))

test('a provider that is away at the start is found when it appears', async () => {
  const { visitor, provider } = await startOrchard()
  await provider.stop()
  const ada = visitor()
  const response = await ada.visit('/login')
  expect(response.status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await response.json()).toMatchObject({ code: 'provider-unavailable' })
  expect(await ada.read('/who')).toEqual({ nobody: true })
  await provider.start()
  await rest()
  expect((await ada.signIn('ada')).status).toBe(303)
})

test('a login goes on when the provider is back', async () => {
  const { visitor, provider } = await startOrchard()
  const ada = visitor()
  const answer = await ada.signInAtProvider('ada')
  await provider.stop()
  expect(await ada.refusal(answer)).toEqual(unavailable)
  await provider.start()
  await rest()
  expect((await ada.visit(answer)).status).toBe(303)
  expect(await ada.read('/who')).toMatchObject({ subject: 'ada' })
})

test.each([
  ['is slow', { delayMs: 2000 }],
  ['hangs up', { drop: true }],
  ['answers rubbish', { body: '<html>out of order</html>', headers: { 'content-type': 'text/html' } }],
  ['answers other JSON', { body: '[1]' }],
  ['fails', { status: 502, body: 'bad gateway' }],
  ['fails in its own words', { status: 500, body: '{"error":"server_error"}' }],
  ['has too much to do', { status: 429, body: '{"error":"slow_down"}' }],
])('a token endpoint that %s is not the fault of the person', async (_what, fault) => {
  const { visitor, provider } = await startOrchard({ options: () => ({ timeoutSeconds: 0.3 }) })
  const ada = visitor()
  const answer = await ada.signInAtProvider('ada')
  provider.fault('token', fault)
  expect(await ada.refusal(answer)).toEqual(unavailable)
  expect(await ada.read('/who')).toEqual({ nobody: true })
})

test('keys of the provider may change at any time', async () => {
  const { visitor, provider } = await startOrchard()
  const ada = visitor()
  await ada.signIn('ada')
  await provider.rotateKeys({ forget: true })
  await rest()
  expect((await ada.signIn('grace')).status).toBe(303)
})

test('an ID token that the provider has not signed is refused', async () => {
  const { visitor, provider } = await startOrchard()
  const ada = visitor()
  const asked = new URL((await ada.visit('/login')).headers.get('location') ?? '')
  const answer = await provider.signIn(asked, 'ada')
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    nonce: asked.searchParams.get('nonce'),
    iss: provider.issuer,
    aud: 'orchard',
    sub: 'grace',
  }
  const { privateKey } = await generateKeyPair('RS256')
  const forged = await new SignJWT({ ...claims, iat: now, exp: now + 60 })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(privateKey)
  const body = JSON.stringify({ access_token: 'x', token_type: 'Bearer', id_token: forged })
  provider.fault('token', { body })
  expect(await ada.refusal(answer)).toEqual([400, 'login-refused'])
  expect(await ada.read('/who')).toEqual({ nobody: true })
})

test('a wrong secret of the service is not the fault of the person', async () => {
  const { another } = await startOrchard()
  const ada = (await another({ clientSecret: 'wrong' }))()
  expect(await ada.refusal(await ada.signInAtProvider('ada'))).toEqual([500, 'internal-error'])
})

describe.each([
  {
    kind: 'sessions',
    storage: ({ now }: TestClock) => sessionLogins({ store: memorySessionStore({ now }), now }),
  },
  { kind: 'cookies', storage: ({ now }: TestClock) => cookieLogins({ secrets: [SECRET], now }) },
])('with logins in $kind', ({ storage }) => {
  const start = () =>
    startOrchard({
      options: (clock) => ({ storage: storage(clock) }),
      provider: { lifetimes: { accessToken: 300 } },
    })
  const token = (answer: unknown) => (answer as { token?: string }).token

  test('a token that is about to end is renewed once, however many requests come', async () => {
    const { visitor, provider, clock } = await start()
    const ada = visitor()
    await ada.signIn('ada')
    const before = token(await ada.read('/private'))
    const asked = provider.requests('token')
    clock.pass(269)
    expect(token(await ada.read('/private'))).toBe(before)
    clock.pass(2)
    // All with the cookies of before.
    const headers = { cookie: ada.cookies() }
    const answers = await Promise.all(Array.from({ length: 20 }, () => ada.read('/private', { headers })))
    const tokens = new Set(answers.map(token))
    expect(tokens.size).toBe(1)
    expect(tokens.has(before)).toBe(false)
    expect(provider.requests('token')).toBe(asked + 1)
    // A request that was on its way for longer.
    expect(tokens.has(token(await ada.read('/private', { headers })))).toBe(true)
    // The next turn, with the rotated refresh token.
    clock.pass(271)
    const next = await ada.read('/private')
    expect(next).toMatchObject({ subject: 'ada' })
    expect(tokens.has(token(next))).toBe(false)
    expect(provider.requests('token')).toBe(asked + 2)
  })

  test('while the provider is away a token serves until it ends', async () => {
    const { visitor, provider, clock } = await start()
    const ada = visitor()
    await ada.signIn('ada')
    clock.pass(280)
    await provider.stop()
    expect(await ada.read('/private')).toMatchObject({ subject: 'ada' })
    clock.pass(30)
    const refused = await ada.visit('/private')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.any(String)])
    expect(await refused.json()).toMatchObject({ code: 'provider-unavailable' })
    expect(await ada.read('/who')).toEqual({ nobody: true })
    await provider.start()
    clock.pass(5)
    expect(await ada.read('/private')).toMatchObject({ subject: 'ada' })
  })

  test('a provider that is away is not asked with every request', async () => {
    const { visitor, provider, clock } = await start()
    const ada = visitor()
    await ada.signIn('ada')
    clock.pass(301)
    provider.fault('token', { status: 503, body: 'closed' })
    const asked = provider.requests('token')
    for (let request = 0; request < 5; request++) expect(await ada.refusal('/private')).toEqual(unavailable)
    expect(provider.requests('token')).toBe(asked + 1)
    provider.fault('token', undefined)
    clock.pass(5)
    expect(await ada.read('/private')).toMatchObject({ subject: 'ada' })
  })

  test('a login whose refresh token somebody else has used ends', async () => {
    const { another, provider, clock, options } = await start()
    const kept: Login[] = []
    const begin: LoginStorage['begin'] = (exchange, login) => {
      kept.push(login)
      return options.storage.begin(exchange, login)
    }
    const ada = (await another({ storage: { ...options.storage, begin } }))()
    await ada.signIn('ada')
    const theft = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('orchard:orchard-secret')}` },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: kept[0]?.refreshToken ?? '',
      }),
    })
    expect(theft.status).toBe(200)
    clock.pass(280)
    const refused = await ada.visit('/private')
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ])
    expect(ada.cookies()).not.toMatch(/session|login\./)
    const asked = provider.requests('token')
    expect(await ada.refusal('/private')).toEqual([401, 'authentication-failed'])
    expect(provider.requests('token')).toBe(asked)
    expect((await ada.signIn('ada')).status).toBe(303)
  })

  test('who signs out while the provider is away is signed out here', async () => {
    const { another, provider } = await start()
    const ada = (await another())()
    await ada.signIn('ada')
    await provider.stop()
    const elsewhere = (await another())()
    const headers = { cookie: ada.cookies() }
    // Another process, which has never reached the provider, cannot know where it signs people out.
    const response = await elsewhere.visit('/logout', { method: 'POST', headers })
    expect(response.status).toBe(503)
    const cleared = response.headers.getSetCookie()
    expect(cleared.length).toBeGreaterThan(0)
    for (const cookie of cleared) expect(cookie).toContain('=; Max-Age=0;')
    // This one knows, and only the refresh token stays good for a while.
    expect((await ada.visit('/logout', { method: 'POST' })).status).toBe(303)
    expect(await ada.read('/who')).toEqual({ nobody: true })
  })
})

describe('with sessions that several processes share', () => {
  test('one of them renews a login', async () => {
    const store = memorySessionStore()
    const { visitor, another, provider, clock } = await startOrchard({
      // Each process has a storage of its own, on the one store.
      options: ({ now }) => ({ storage: sessionLogins({ store, now }) }),
    })
    const processes = await Promise.all(
      Array.from({ length: 3 }, () => another({ storage: sessionLogins({ store, now: clock.now }) })),
    )
    const ada = visitor()
    await ada.signIn('ada')
    const headers = { cookie: ada.cookies() }
    const asked = provider.requests('token')
    clock.pass(280)
    provider.fault('token', { delayMs: 300 })
    const answers = await Promise.all(processes.map((process) => process().read('/private', { headers })))
    expect(new Set(answers.map((answer) => (answer as { token: string }).token)).size).toBe(1)
    expect(provider.requests('token')).toBe(asked + 1)
  })

  test('the lease of a process that died ends', async () => {
    const store = memorySessionStore()
    const { visitor, another, provider, clock } = await startOrchard({
      options: ({ now }) => ({ storage: sessionLogins({ store, now }) }),
    })
    const ada = visitor()
    await ada.signIn('ada')
    const headers = { cookie: ada.cookies() }
    clock.pass(280)
    let writes = 0
    const dying: SessionStore = {
      ...store,
      // Notes the use, takes the lease, and is never heard of again.
      replace: async (key, session) => {
        const replaced = await store.replace(key, session)
        writes += 1
        if (writes === 2) throw new Error('killed')
        return replaced
      },
    }
    const killed = await another({ storage: sessionLogins({ store: dying, now: clock.now }) })
    expect((await killed().visit('/private', { headers })).status).toBe(500)
    const asked = provider.requests('token')
    const waiting = ada.read('/private')
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(provider.requests('token')).toBe(asked)
    clock.pass(61)
    expect(await waiting).toMatchObject({ subject: 'ada' })
    expect(provider.requests('token')).toBe(asked + 1)
  })
})
