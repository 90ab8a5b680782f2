import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DeviceGrantAuth, type DeviceGrantOptions, type DeviceInstructions } from '../../src/index.ts'
import { json, startServer } from '../rest/json-server.ts'
import { hurriedClock } from './hurried-clock.ts'
import { type ProtectedApi, startProtectedApi } from './protected-api.ts'

let provider: TestOpenIdProvider
let api: ProtectedApi
beforeAll(async () => {
  provider = await startOpenIdProvider()
  api = await startProtectedApi(provider)
})
afterAll(async () => {
  await api.stop()
  await provider.stop()
})
afterEach(() => {
  provider.fault('token', undefined)
  provider.fault('device_authorization', undefined)
})

const approve = ({ userCode }: DeviceInstructions) => provider.approveDevice(userCode, 'ada')

const client = (options: Partial<DeviceGrantOptions> = {}) =>
  new DeviceGrantAuth(api.address, {
    provider: provider.issuer,
    clientId: 'device',
    prompt: approve,
    clock: hurriedClock({ times: 50 }),
    ...options,
  })

const me = (rest: DeviceGrantAuth) => rest.request<{ sub: string; scope?: string }>('GET', '/me')

test('a person logs in with the first request, once', async () => {
  const shown: DeviceInstructions[] = []
  const prompt = async (instructions: DeviceInstructions) => {
    shown.push(instructions)
    await approve(instructions)
  }
  const before = provider.requests('token')
  const rest = client({ prompt, scopes: ['read'] })
  const answers = await Promise.all([me(rest), me(rest), me(rest)])
  expect(answers[0]).toMatchObject({ sub: 'ada', scope: 'read' })
  expect(shown).toHaveLength(1)
  expect(shown[0]?.verificationUri).toBe(`${provider.issuer}/device`)
  expect(shown[0]?.verificationUriComplete).toContain(shown[0]?.userCode)
  expect(provider.requests('token') - before).toBe(1)
})

test('stays logged in by the refresh token', async () => {
  let prompts = 0
  const prompt = async (instructions: DeviceInstructions) => {
    prompts += 1
    await approve(instructions)
  }
  const rest = await client({ prompt }).login()
  const first = await rest.accessToken()
  api.refuse(first)
  expect(await me(rest)).toMatchObject({ sub: 'ada' })
  expect(prompts).toBe(1)
})

test('a client with a secret logs a person in too', async () => {
  const rest = client({ clientId: 'service', clientSecret: 'service-secret' })
  expect(await me(rest)).toMatchObject({ sub: 'ada' })
})

test('asks every five seconds while the person is away', async () => {
  const clock = hurriedClock({ times: 50 })
  const prompt = (instructions: DeviceInstructions) => {
    setTimeout(() => void approve(instructions), 250)
  }
  await client({ prompt, clock }).login()
  expect(clock.sleeps.length).toBeGreaterThan(1)
  expect(new Set(clock.sleeps)).toEqual(new Set([5000]))
})

test('asks five seconds less often each time it is told to slow down', async () => {
  const clock = hurriedClock({ times: 200 })
  provider.fault('token', { status: 400, body: '{"error":"slow_down"}', times: 2 })
  await client({ clock }).login()
  expect(clock.sleeps).toEqual([5000, 10_000, 15_000])
})

describe('a login that comes to nothing', () => {
  test('the provider offers none', async () => {
    await using issuer = await startDocument((address) => ({
      issuer: address,
      token_endpoint: `${address}/token`,
    }))
    const rest = client({ provider: issuer.url })
    await expect(rest.login()).rejects.toMatchObject({ code: 'device_unsupported', retryable: false })
  })

  test('the provider does not know the client', async () => {
    const rest = client({ clientId: 'nobody' })
    await expect(rest.login()).rejects.toMatchObject({
      code: 'oauth_refused',
      error: 'invalid_client',
      status: 401,
      retryable: false,
    })
  })

  test('the person refuses', async () => {
    const rest = client({ prompt: ({ userCode }) => provider.denyDevice(userCode) })
    await expect(rest.login()).rejects.toMatchObject({ code: 'device_denied', error: 'access_denied' })
  })

  test('the provider says that the code has ended', async () => {
    provider.fault('token', { status: 400, body: '{"error":"expired_token"}' })
    await expect(client().login()).rejects.toMatchObject({ code: 'device_expired', error: 'expired_token' })
  })

  test('nobody comes in time', async () => {
    const clock = hurriedClock({ times: 2000 })
    const begun = clock.now()
    const rest = client({ prompt: () => undefined, clock })
    await expect(rest.login()).rejects.toMatchObject({ code: 'device_expired' })
    expect(clock.sleeps.length).toBeLessThanOrEqual(600 / 5)
    expect(clock.now()).toBeGreaterThanOrEqual(begun + 600_000)
  })

  test('it is aborted', async () => {
    const stop = new AbortController()
    const rest = client({
      signal: stop.signal,
      prompt: () => stop.abort(new Error('changed my mind')),
      clock: hurriedClock({}),
    })
    await expect(rest.login()).rejects.toThrow('changed my mind')
    const asked = provider.requests('token')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(provider.requests('token')).toBe(asked)
  })

  test('the client is closed', async () => {
    const rest: DeviceGrantAuth = client({ prompt: () => rest.close() })
    await expect(me(rest)).rejects.toMatchObject({ code: 'client_closed' })
  })
})

test('goes on asking while the provider is away for a while, ever less often', async () => {
  const clock = hurriedClock({ times: 500 })
  provider.fault('token', { drop: true, times: 2 })
  await client({ clock, providerRetry: { attempts: 1 } }).login()
  expect(clock.sleeps).toEqual([5000, 10_000, 20_000])
})

test('a public client proves by PKCE that it began the login, one with a secret does not', async () => {
  const forms: URLSearchParams[] = []
  await using issuer = await startDocument(
    (address) => ({
      issuer: address,
      device_authorization_endpoint: `${address}/device`,
      token_endpoint: `${address}/token`,
      device_code: 'code',
      user_code: 'AB-CD',
      verification_uri: `${address}/visit?lang=en`,
      expires_in: 600,
      interval: 0.1,
      access_token: 'opaque',
      token_type: 'bearer',
    }),
    forms,
  )
  const shown: DeviceInstructions[] = []
  const options = { provider: issuer.url, prompt: (told: DeviceInstructions) => void shown.push(told) }
  expect(await client(options).accessToken()).toBe('opaque')
  const [begun, redeemed] = forms
  const digest = await crypto.subtle.digest(
    'SHA-256',
    new TextEncoder().encode(redeemed?.get('code_verifier') ?? ''),
  )
  expect(begun?.get('code_challenge')).toBe(Buffer.from(digest).toString('base64url'))
  expect(begun?.get('code_challenge_method')).toBe('S256')
  expect(redeemed?.get('device_code')).toBe('code')
  expect(shown[0]?.verificationUriComplete).toBe(`${issuer.url}/visit?lang=en&user_code=AB-CD`)

  await client({ ...options, clientSecret: 'secret' }).login()
  expect(forms.slice(2).flatMap((form) => [...form.keys()].filter((key) => key.startsWith('code_')))).toEqual(
    [],
  )
})

test('without a refresh token the login lasts as long as the access token; then the person is asked again', async () => {
  let logins = 0
  await using issuer = await startDocument((address) => ({
    issuer: address,
    device_authorization_endpoint: `${address}/device`,
    token_endpoint: `${address}/token`,
    device_code: 'code',
    user_code: 'AB-CD',
    verification_uri: `${address}/visit`,
    expires_in: 300,
    access_token: `opaque ${logins}`,
    token_type: 'bearer',
  }))
  const clock = hurriedClock({ times: 200 })
  // The time that the person takes is none of the token's.
  const prompt = async () => {
    await clock.sleep(200_000, undefined)
    logins += 1
  }
  const rest = client({ provider: issuer.url, prompt, clock })
  const first = await rest.accessToken()
  await clock.sleep(150_000, undefined)
  expect(await rest.accessToken()).toBe(first)
  await clock.sleep(150_000, undefined)
  expect(await rest.accessToken()).not.toBe(first)
  expect(logins).toBe(2)
})

/** A server that answers everything with one document, and remembers the forms it was sent. */
function startDocument(document: (address: string) => object, forms: URLSearchParams[] = []) {
  return startServer((response, { method, headers, body }) => {
    if (method === 'POST') forms.push(new URLSearchParams(body))
    json(response, 200, document(`http://${headers.host}`))
  })
}
