import { cookieLogins, memorySessionStore, openIdLogin, sessionLogins } from '@hexapla/rest'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import type { TestClock } from '../sessions/contract-case.ts'
import { ORCHARD, SECRET, startOrchard } from './orchard.ts'

const storages = [
  {
    kind: 'sessions',
    storage: ({ now }: TestClock) => sessionLogins({ store: memorySessionStore({ now }), now }),
  },
  { kind: 'cookies', storage: ({ now }: TestClock) => cookieLogins({ secrets: [SECRET], now }) },
]

describe.each(storages)('with logins in $kind', ({ storage }) => {
  const start = () => startOrchard({ options: (clock) => ({ storage: storage(clock) }) })

  test('a person signs in and is known', async () => {
    const { visitor } = await start()
    const ada = visitor()
    expect(await ada.read('/who')).toEqual({ nobody: true })
    expect(await ada.refusal('/private')).toEqual([401, 'authentication-failed'])

    const response = await ada.signIn('ada', '/login?next=/fruits?page=2')
    expect([response.status, response.headers.get('location')]).toEqual([303, `${ORCHARD}/fruits?page=2`])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await ada.read('/who')).toMatchObject({ subject: 'ada', name: 'Ada Lovelace' })
    const known = await ada.visit('/private')
    expect([known.status, known.headers.get('cache-control'), known.headers.get('vary')]).toEqual([
      200,
      'private',
      'Cookie',
    ])
    expect(await visitor().read('/who')).toEqual({ nobody: true })
  })

  test('cookies are closed to scripts, to other sites and to plain http', async () => {
    const { visitor } = await start()
    const ada = visitor()
    const began = await ada.visit('/login')
    const ended = await ada.signIn('ada')
    const cookies = [...began.headers.getSetCookie(), ...ended.headers.getSetCookie()]
    expect(cookies.length).toBeGreaterThanOrEqual(3)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-[\w.-]+=[\w.-]*; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    }
  })

  test('a person signs out, here first and then at the provider', async () => {
    const { visitor, provider } = await start()
    const ada = visitor()
    await ada.signIn('ada')
    const { token } = (await ada.read('/who')) as { token: string }
    const response = await ada.visit('/logout', { method: 'POST' })
    expect(response.status).toBe(303)
    expect(await ada.read('/who')).toEqual({ nobody: true })

    const target = new URL(response.headers.get('location') ?? '')
    expect(target.origin + target.pathname).toBe(`${provider.issuer}/session/end`)
    expect(decodeJwt(target.searchParams.get('id_token_hint') ?? '').sub).toBe('ada')
    expect(token).not.toBe(target.searchParams.get('id_token_hint'))
    const { leadsTo } = await provider.browser().visit(target)
    expect(leadsTo?.href).toBe(`${ORCHARD}/`)
  })

  test('pages of other sites can neither change anything nor sign anybody out', async () => {
    const { visitor } = await start()
    const ada = visitor()
    await ada.signIn('ada')
    const foreign = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'https://neighbour.example.org' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${ORCHARD}.evil.example` },
      { origin: 'http://orchard.example.org' },
    ]
    for (const headers of foreign) {
      expect(await ada.refusal('/who', { method: 'POST', headers })).toEqual([403, 'cross-site-request'])
      expect(await ada.refusal('/logout', { headers })).toEqual([403, 'cross-site-request'])
      expect(await ada.read('/who', { headers })).toMatchObject({ subject: 'ada' })
    }
    const own = [{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, { origin: ORCHARD }, {}]
    for (const headers of own) {
      expect(await ada.read('/who', { method: 'POST', headers })).toMatchObject({ subject: 'ada' })
    }
    // Who is nobody here loses nothing by it.
    const headers = { origin: 'https://evil.example' }
    expect(await visitor().read('/who', { method: 'POST', headers })).toEqual({ nobody: true })
  })
})

test('the provider is asked with PKCE, a nonce and a state, with a secret and without', async () => {
  const { visitor, another, provider } = await startOrchard({
    provider: { clients: [{ client_id: 'orchard', redirect_uris: [`${ORCHARD}/login`] }] },
    options: () => ({ scope: 'openid groups', authorizationParameters: { ui_locales: 'de' } }),
  })
  const target = new URL((await visitor().visit('/login')).headers.get('location') ?? '')
  expect(target.origin).toBe(provider.issuer)
  expect(Object.fromEntries(target.searchParams)).toEqual({
    client_id: 'orchard',
    response_type: 'code',
    redirect_uri: `${ORCHARD}/login`,
    scope: 'openid groups',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    ui_locales: 'de',
  })
  const ada = (await another({ clientSecret: undefined }))()
  expect((await ada.signIn('ada')).status).toBe(303)
  expect(await ada.read('/who')).toMatchObject({ subject: 'ada' })
})

test('the login of a person who refuses is refused', async () => {
  const { visitor } = await startOrchard()
  const ada = visitor()
  const answer = await ada.signInAtProvider(undefined)
  const response = await ada.visit(answer)
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
  expect(await response.json()).toMatchObject({
    code: 'login-refused',
    detail: expect.stringContaining('The person refused'),
  })
  expect(await ada.refusal(answer)).toEqual([403, 'login-state-unknown'])
})

test('a login gives a new session and ends the one before', async () => {
  const { visitor } = await startOrchard()
  const ada = visitor()
  await ada.signIn('ada')
  const before = ada.cookies()
  await ada.signIn('grace')
  expect(await ada.read('/who')).toMatchObject({ subject: 'grace' })
  expect(ada.cookies()).not.toBe(before)
  expect(await visitor().read('/who', { headers: { cookie: before } })).toEqual({ nobody: true })
})

test('a session that was signed out is gone, whoever kept its cookie', async () => {
  const { visitor } = await startOrchard()
  const ada = visitor()
  await ada.signIn('ada')
  const stolen = ada.cookies()
  await ada.visit('/logout')
  expect(await visitor().read('/who', { headers: { cookie: stolen } })).toEqual({ nobody: true })
})

test('who is not signed in is led on by the logout', async () => {
  const { visitor } = await startOrchard()
  const response = await visitor().visit('/logout', { method: 'POST' })
  expect([response.status, response.headers.get('location')]).toEqual([303, `${ORCHARD}/`])
})

test('handlers keep values in the session', async () => {
  const { visitor, clock } = await startOrchard()
  const ada = visitor()
  await ada.signIn('ada')
  const init = { headers: { 'content-type': 'application/json' }, method: 'PUT' }
  expect(await ada.read('/basket', { ...init, body: '["fig"]' })).toEqual({ fruits: ['fig'] })
  clock.pass(1000)
  expect(await ada.read('/basket')).toEqual({ fruits: ['fig'] })
  expect((await ada.visit('/basket', { method: 'DELETE' })).status).toBe(204)
  expect(await ada.read('/basket')).toEqual({})
  clock.pass(1801)
  expect(await ada.refusal('/basket')).toEqual([401, 'authentication-failed'])
})

test('what comes for a session that has ended meanwhile is refused', async () => {
  const { visitor } = await startOrchard()
  const ada = visitor()
  await ada.signIn('ada')
  const headers = { cookie: ada.cookies(), 'content-type': 'application/json' }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const put = { method: 'PUT', headers, body: readable, duplex: 'half' as const }
  const refusal = visitor().refusal('/basket', put)
  await writer.write(Buffer.from('["fi'))
  await new Promise((resolve) => setTimeout(resolve, 100))
  await ada.visit('/logout')
  await writer.write(Buffer.from('g"]'))
  await writer.close()
  expect(await refusal).toEqual([401, 'session-ended'])
})

test('the state of whoever asked is handed on, and other addresses may be named', async () => {
  const { visitor, another } = await startOrchard()
  const ada = visitor()
  const handed = await ada.signIn('ada', '/login?redirect=/fruits?a=1%26b=2&state=x%26y')
  expect(handed.headers.get('location')).toBe(`${ORCHARD}/fruits?a=1&b=2&state=x%26y`)
  expect((await ada.signIn('ada')).headers.get('location')).toBe(`${ORCHARD}/`)
  const elsewhere = await another({
    defaultReturnUrl: '/welcome',
    allowedOrigins: ['https://ui.example.org'],
  })
  expect((await elsewhere().signIn('ada')).headers.get('location')).toBe(`${ORCHARD}/welcome`)
  const answer = await elsewhere().signIn('ada', '/login?next=https://ui.example.org/a')
  expect(answer.headers.get('location')).toBe('https://ui.example.org/a')
})

test('cookies of a service on plain http have no Secure', async () => {
  const { another } = await startOrchard()
  const visit = await another({ callbackUrl: 'http://127.0.0.1/login' })
  const cookie = (await visit().visit('/login')).headers.get('set-cookie')
  expect(cookie).toMatch(/^login-attempt-[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('the provider is asked by a fetch of your own', async () => {
  const asked: string[] = []
  const { visitor, provider } = await startOrchard({
    options: () => ({
      fetch: (input, init) => {
        asked.push(new Request(input).url.replace(provider.issuer, ''))
        return fetch(input, init)
      },
    }),
  })
  await visitor().signIn('ada')
  expect(asked.sort()).toEqual(['/.well-known/openid-configuration', '/jwks', '/token'])
})

test('claims of the userinfo endpoint are there when asked for', async () => {
  const { visitor, another } = await startOrchard()
  const options = { scope: 'openid profile groups', userInfo: true }
  const ada = (await another(options))()
  await ada.signIn('ada')
  expect(await ada.read('/who')).toMatchObject({ groups: ['/staff', '/curators'] })
  const grace = visitor()
  await grace.signIn('grace')
  expect(await grace.read('/who')).toMatchObject({ name: 'Grace Hopper' })
})

test('settings that would not be safe are refused', async () => {
  const { options } = await startOrchard()
  const make =
    (issuer: string, more = {}) =>
    () =>
      openIdLogin(issuer, { ...options, ...more })
  expect(make('http://id.example.org')).toThrow(TypeError)
  expect(make('http://localhost.example.org')).toThrow(TypeError)
  expect(make('http://localhost:8080/realm')).not.toThrow()
  expect(make('http://id.example.org', { allowHttp: true })).not.toThrow()
  expect(make('https://id.example.org', { secrets: ['short'] })).toThrow(TypeError)
  expect(make('https://id.example.org', { secrets: [] })).toThrow(TypeError)
  expect(make('https://id.example.org', { allowedOrigins: ['mailto:x'] })).toThrow(TypeError)
  expect(make('https://id.example.org', { scope: 'profile' })).toThrow(TypeError)
  expect(() => cookieLogins({ secrets: ['short'] })).toThrow(TypeError)
})
