import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OpenIDRestClient, type OpenIDRestClientOptions } from '../../src/index.ts'
import { hurriedClock } from './hurried-clock.ts'
import { type ProtectedApi, startProtectedApi } from './protected-api.ts'
import { refreshToken } from './refresh-token.ts'

let provider: TestOpenIdProvider
let api: ProtectedApi
let token: string
beforeAll(async () => {
  provider = await startOpenIdProvider({ lifetimes: { accessToken: 60 } })
  api = await startProtectedApi(provider)
})
afterAll(async () => {
  await api.stop()
  await provider.stop()
})
beforeEach(async () => {
  token = await refreshToken(provider, 'ada')
})

const client = (options: Partial<OpenIDRestClientOptions> = {}) =>
  new OpenIDRestClient(api.address, {
    provider: provider.issuer,
    clientId: 'device',
    refreshToken: token,
    ...options,
  })

const me = (rest: OpenIDRestClient) => rest.request<{ sub: string }>('GET', '/me')

test('sends an access token of the person', async () => {
  expect(await me(client())).toMatchObject({ sub: 'ada', scope: 'read' })
})

test('keeps the scopes that were granted, though it cannot read them from an opaque refresh token', async () => {
  const rest = client()
  await me(rest)
  api.refuse(await rest.accessToken())
  expect(await me(rest)).toMatchObject({ scope: 'read' })
})

test('asks for less scopes when told to', async () => {
  expect(await me(client({ parameters: { scope: 'offline_access' } }))).not.toHaveProperty('scope')
})

test('logging in at once shows that the tokens work, and that they do not', async () => {
  const before = provider.requests('token')
  const rest = await client().login()
  await me(rest)
  expect(provider.requests('token') - before).toBe(1)
  await expect(client({ refreshToken: 'made up' }).login()).rejects.toMatchObject({
    code: 'login_required',
    error: 'invalid_grant',
    status: 400,
    retryable: false,
  })
})

test('a refresh token that looks like a JWT is the provider’s business alone', async () => {
  const jwt = `${btoa('{"alg":"HS256","kid":"test-key"}')}.${btoa('{"sub":"xxx","scope":"foo"}')}.c2ln`
  await expect(me(client({ refreshToken: jwt }))).rejects.toMatchObject({ code: 'login_required' })
})

describe('renewal', () => {
  test('happens five seconds before the end, and not before', async () => {
    const clock = hurriedClock({})
    let passed = 0
    const rest = client({ clock: { ...clock, now: () => clock.now() + passed } })
    await me(rest)
    const first = await rest.accessToken()
    passed = 54_000
    expect(await rest.accessToken()).toBe(first)
    passed = 55_001
    expect(await rest.accessToken()).not.toBe(first)
    expect(await me(rest)).toMatchObject({ sub: 'ada' })
  })

  test('happens once, however many requests wait', async () => {
    const before = provider.requests('token')
    const rest = client()
    await Promise.all(Array.from({ length: 20 }, () => me(rest)))
    expect(provider.requests('token') - before).toBe(1)
    expect(provider.requests('discovery')).toBeGreaterThan(0)
    api.refuse(await rest.accessToken())
    await Promise.all(Array.from({ length: 20 }, () => me(rest)))
    expect(provider.requests('token') - before).toBe(2)
  })

  test('tells the new tokens before they are used', async () => {
    const updates: string[][] = []
    const rest = client({
      updateFunc: async (...tokens) => {
        const used = api.tokens.length
        await new Promise((resolve) => setTimeout(resolve, 20))
        expect(api.tokens).toHaveLength(used)
        updates.push(tokens)
      },
    })
    await me(rest)
    api.refuse(await rest.accessToken())
    await me(rest)
    expect(updates.map(([access]) => access)).toEqual(api.tokens.slice(-2))
    const [first, second] = updates.map(([, refresh]) => refresh)
    expect(new Set([token, first, second]).size).toBe(3)
    // Whoever kept them goes on with the last one.
    expect(await me(client({ refreshToken: second ?? '' }))).toMatchObject({ sub: 'ada' })
  })

  test('that cannot be kept fails, and its refresh token is not lost', async () => {
    let full = true
    const rest = client({
      updateFunc: () => {
        if (full) throw new Error('disk full')
      },
    })
    await expect(me(rest)).rejects.toThrow('disk full')
    full = false
    expect(await me(rest)).toMatchObject({ sub: 'ada' })
  })

  test('is not ended by the abort of a request that waits for it', async () => {
    provider.fault('token', { delayMs: 100, times: 1 })
    const rest = client()
    const aborted = rest.request('GET', '/me', undefined, { signal: AbortSignal.timeout(20) })
    const patient = me(rest)
    await expect(aborted).rejects.toThrow(DOMException)
    expect(await patient).toMatchObject({ sub: 'ada' })
  })
})

test('a refresh token that was spent by another is a login that ended, and is not sent again', async () => {
  const [one, other] = [client(), client()]
  await me(one)
  const before = provider.requests('token')
  await expect(me(other)).rejects.toMatchObject({ code: 'login_required', error: 'invalid_grant' })
  await expect(me(other)).rejects.toMatchObject({ code: 'login_required' })
  expect(provider.requests('token') - before).toBe(1)
})

test('a refresh token that ended is a login that ended', async () => {
  const shortly = await startOpenIdProvider({ lifetimes: { refreshToken: 1 } })
  const ending = await refreshToken(shortly, 'ada')
  await new Promise((resolve) => setTimeout(resolve, 2100))
  const late = client({ provider: shortly.issuer, refreshToken: ending })
  await expect(me(late)).rejects.toMatchObject({ code: 'login_required', error: 'invalid_grant' })
  await shortly.stop()
})

test('a closed client asks nobody', async () => {
  const rest = client()
  rest.close()
  const before = provider.requests('token')
  await expect(me(rest)).rejects.toMatchObject({ code: 'client_closed' })
  await expect(rest.accessToken()).rejects.toMatchObject({ code: 'client_closed' })
  expect(provider.requests('token')).toBe(before)
})
