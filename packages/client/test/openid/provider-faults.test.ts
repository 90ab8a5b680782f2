import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ClientCredentialsAuth, OpenIDRestClient, type OpenIDRestClientOptions } from '../../src/index.ts'
import { startServer } from '../rest/json-server.ts'
import { hurriedClock } from './hurried-clock.ts'
import { type ProtectedApi, startProtectedApi } from './protected-api.ts'
import { refreshToken } from './refresh-token.ts'

let provider: TestOpenIdProvider
let api: ProtectedApi
beforeAll(async () => {
  provider = await startOpenIdProvider({ lifetimes: { accessToken: 60 } })
  api = await startProtectedApi(provider)
})
afterAll(async () => {
  await api.stop()
  await provider.stop()
})
afterEach(async () => {
  provider.fault('token', undefined)
  provider.fault('discovery', undefined)
  await provider.start()
})

const hurried = { clock: hurriedClock({ times: 100 }), providerTimeoutMs: 1000 }

const service = (options: object = {}) =>
  new ClientCredentialsAuth(api.address, {
    provider: provider.issuer,
    clientId: 'service',
    clientSecret: 'service-secret',
    ...hurried,
    ...options,
  })

const person = async (options: Partial<OpenIDRestClientOptions> = {}) =>
  new OpenIDRestClient(api.address, {
    provider: provider.issuer,
    clientId: 'device',
    refreshToken: await refreshToken(provider, 'ada'),
    ...hurried,
    ...options,
  })

const me = (rest: ClientCredentialsAuth | OpenIDRestClient) => rest.request<{ sub: string }>('GET', '/me')

describe('a provider that is down', () => {
  test('at the start fails the request; the next one finds it', async () => {
    await provider.stop()
    const rest = service()
    await expect(me(rest)).rejects.toMatchObject({
      code: 'provider_unavailable',
      retryable: true,
      status: undefined,
    })
    await provider.start()
    expect(await me(rest)).toMatchObject({ sub: 'service' })
  })

  test('and comes back soon is not noticed', async () => {
    await provider.stop()
    const answer = me(service({ clock: hurriedClock({}), providerRetry: { attempts: 10 } }))
    setTimeout(() => void provider.start(), 300)
    expect(await answer).toMatchObject({ sub: 'service' })
  })

  test('during a renewal leaves the token in use until its end, and the refresh token for later', async () => {
    const { sleep } = hurried.clock
    let passed = 0
    const rest = await person({ clock: { now: () => Date.now() + passed, sleep } })
    expect(await me(rest)).toMatchObject({ sub: 'ada' })
    const first = await rest.accessToken()
    await provider.stop()
    passed = 57_000
    expect(await rest.accessToken()).toBe(first)
    passed = 61_000
    await expect(me(rest)).rejects.toMatchObject({ code: 'provider_unavailable' })
    await provider.start()
    expect(await me(rest)).toMatchObject({ sub: 'ada' })
    expect(await rest.accessToken()).not.toBe(first)
  })
})

test('tokens that the provider no longer stands for, its keys being new, are replaced', async () => {
  const rest = await person()
  await me(rest)
  const first = await rest.accessToken()
  await provider.rotateKeys({ forget: true })
  expect(await me(rest)).toMatchObject({ sub: 'ada' })
  expect(await rest.accessToken()).not.toBe(first)
})

test.each([120_000, -120_000])('a clock that is %i ms off makes no difference', async (aheadMs) => {
  let passed = 0
  const clock = hurriedClock({ aheadMs })
  const rest = await person({ clock: { ...clock, now: () => clock.now() + passed } })
  const before = provider.requests('token')
  await me(rest)
  await me(rest)
  expect(provider.requests('token') - before).toBe(1)
  passed = 54_000
  await me(rest)
  expect(provider.requests('token') - before).toBe(1)
  passed = 56_000
  await me(rest)
  expect(provider.requests('token') - before).toBe(2)
})

test('a refresh token that is used twice ends the login for both, and says so', async () => {
  const token = await refreshToken(provider, 'ada')
  const [owner, thief] = await Promise.all([person({ refreshToken: token }), person({ refreshToken: token })])
  await me(owner)
  await expect(me(thief)).rejects.toMatchObject({ code: 'login_required', error: 'invalid_grant' })
  api.refuse(await owner.accessToken())
  await expect(me(owner)).rejects.toMatchObject({ code: 'login_required', error: 'invalid_grant' })
})

describe('a token endpoint', () => {
  test('that is slow is given up, asked again, and given up in the end', async () => {
    const providerTimeoutMs = 300
    provider.fault('token', { delayMs: 1000, times: 1 })
    expect(await me(service({ providerTimeoutMs }))).toMatchObject({ sub: 'service' })
    provider.fault('token', { delayMs: 3000 })
    const before = provider.requests('token')
    const start = performance.now()
    await expect(me(service({ providerTimeoutMs }))).rejects.toMatchObject({
      code: 'provider_unavailable',
      retryable: true,
      cause: { code: 'timeout' },
    })
    expect(performance.now() - start).toBeLessThan(4 * 3000)
    expect(provider.requests('token') - before).toBe(4)
  })

  test('that fails is asked again, and its words are told in the end', async () => {
    const failure = { status: 500, body: '{"error":"server_error","error_description":"out of ink"}' }
    const rest = await person()
    provider.fault('token', { ...failure, times: 2 })
    expect(await me(rest)).toMatchObject({ sub: 'ada' })
    provider.fault('token', failure)
    await expect(me(service())).rejects.toMatchObject({
      code: 'provider_unavailable',
      retryable: true,
      status: 500,
      error: 'server_error',
      errorDescription: 'out of ink',
    })
  })

  test('that is overloaded is given the time that it asks for', async () => {
    const clock = hurriedClock({ times: 100 })
    provider.fault('token', { status: 429, headers: { 'retry-after': '7' }, times: 1 })
    expect(await me(service({ clock }))).toMatchObject({ sub: 'service' })
    expect(clock.sleeps).toEqual([7000])
  })

  test.each([
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome' }],
    ['no JSON', { status: 200, body: '{"access_token":' }],
    ['nothing', { status: 200, body: '' }],
    ['no token', { status: 200, body: '{"token_type":"bearer"}' }],
    ['null', { status: 200, body: 'null' }],
    ['a token of another kind', { status: 200, body: '{"access_token":"x","token_type":"mac"}' }],
    ['another place', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['an error that is none', { status: 400, body: '["bad"]' }],
  ])('that answers %s is no provider’s, and is not asked again for that', async (_what, fault) => {
    provider.fault('token', fault)
    const before = provider.requests('token')
    await expect(me(service())).rejects.toMatchObject({ code: 'provider_invalid', retryable: false })
    expect(provider.requests('token') - before).toBe(1)
    provider.fault('token', undefined)
    expect(await me(service())).toMatchObject({ sub: 'service' })
  })

  test('that answers without end is not listened to', async () => {
    provider.fault('token', { status: 200, body: ' '.repeat(2 * 1024 * 1024) })
    await expect(me(service({ providerRetry: { attempts: 1 } }))).rejects.toMatchObject({
      code: 'provider_unavailable',
      cause: { code: 'network_error' },
    })
  })
})

test('an answer that trickles is given up', async () => {
  await using trickling = await startServer((response) => {
    const timer = setInterval(() => response.write(' '), 50)
    response.on('close', () => clearInterval(timer))
  })
  const options = { provider: trickling.url, providerTimeoutMs: 300, providerRetry: { attempts: 1 } }
  await expect(me(service(options))).rejects.toMatchObject({
    code: 'provider_unavailable',
    cause: { code: 'timeout', timeoutMs: 1800 },
  })
})

describe('a discovery document', () => {
  test('that is not there', async () => {
    await expect(me(service({ provider: `${provider.issuer}/elsewhere` }))).rejects.toMatchObject({
      code: 'provider_invalid',
      status: 404,
    })
  })

  test('of somebody else', async () => {
    provider.fault('discovery', {
      body: '{"issuer":"https://evil.example","token_endpoint":"https://evil.example/"}',
    })
    await expect(me(service())).rejects.toMatchObject({ code: 'provider_invalid' })
  })

  test('without token endpoint', async () => {
    provider.fault('discovery', { body: JSON.stringify({ issuer: provider.issuer }) })
    await expect(me(service())).rejects.toMatchObject({ code: 'provider_invalid' })
  })

  test('that leads from TLS to a place without', async () => {
    const asked: string[] = []
    const through: typeof fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      asked.push(url)
      return fetch(url.replace('https://login.test', provider.issuer), init)
    }
    const document = { issuer: 'https://login.test', token_endpoint: 'http://login.test/token' }
    provider.fault('discovery', { body: JSON.stringify(document) })
    await expect(service({ provider: 'https://login.test', fetch: through }).login()).rejects.toMatchObject({
      code: 'provider_invalid',
    })
    expect(asked).toEqual(['https://login.test/.well-known/openid-configuration'])
  })
})
