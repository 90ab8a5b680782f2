import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ClientCredentialsAuth,
  type ClientCredentialsOptions,
  RegisterOpenIDClient,
} from '../../src/index.ts'
import { type ProtectedApi, startProtectedApi } from './protected-api.ts'

let provider: TestOpenIdProvider
let api: ProtectedApi
beforeAll(async () => {
  provider = await startOpenIdProvider({
    clients: [
      { client_id: 'service', client_secret: 'service-secret' },
      { client_id: 'narrow', client_secret: 'narrow-secret', scope: 'openid' },
    ],
  })
  api = await startProtectedApi(provider)
})
afterAll(async () => {
  await api.stop()
  await provider.stop()
})

const client = (options: Partial<ClientCredentialsOptions> = {}) =>
  new ClientCredentialsAuth(api.address, {
    provider: provider.issuer,
    clientId: 'service',
    clientSecret: 'service-secret',
    ...options,
  })

const me = (rest: ClientCredentialsAuth) => rest.request<object>('GET', '/me')

test('acts for itself, with the scopes that it asks for', async () => {
  expect(await me(client())).not.toHaveProperty('scope')
  expect(await me(client({ scopes: ['read', 'write'] }))).toMatchObject({
    sub: 'service',
    scope: 'read write',
  })
})

test('gets one token for many requests, and another when it is refused', async () => {
  const before = provider.requests('token')
  const rest = client()
  await Promise.all([me(rest), me(rest), me(rest)])
  await me(rest)
  expect(provider.requests('token') - before).toBe(1)
  api.refuse(await rest.accessToken())
  await me(rest)
  expect(provider.requests('token') - before).toBe(2)
})

test('shows its secret in a form where it is told to', async () => {
  const sent: RequestInit[] = []
  const spying: typeof fetch = (input, init) => {
    if (input instanceof URL && input.pathname === '/token') sent.push(init ?? {})
    return fetch(input, init)
  }
  await client({ fetch: spying }).login()
  await client({ fetch: spying, clientAuthentication: 'post' }).login()
  const [basic, post] = sent.map(({ headers, body }) => ({
    header: new Headers(headers).get('authorization'),
    form: (body as URLSearchParams).get('client_secret'),
  }))
  expect(basic).toEqual({ header: `Basic ${btoa('service:service%2Dsecret')}`, form: null })
  expect(post).toEqual({ header: null, form: 'service-secret' })
})

test('a wrong secret is told with the provider’s own words, at once', async () => {
  const before = provider.requests('token')
  await expect(me(client({ clientSecret: 'wrong' }))).rejects.toMatchObject({
    code: 'oauth_refused',
    error: 'invalid_client',
    errorDescription: expect.any(String) as string,
    status: 401,
    retryable: false,
  })
  expect(provider.requests('token') - before).toBe(1)
})

test('a scope that the client may not have is refused', async () => {
  const rest = client({ clientId: 'narrow', clientSecret: 'narrow-secret', scopes: ['profile'] })
  await expect(me(rest)).rejects.toMatchObject({ code: 'oauth_refused', error: 'invalid_scope', status: 400 })
})

test('an address that is none is refused before any request', async () => {
  await expect(client({ provider: 'login.example.org' }).login()).rejects.toMatchObject({
    code: 'options_invalid',
  })
  await expect(client({ provider: 'file:///etc' }).login()).rejects.toMatchObject({ code: 'options_invalid' })
})

test('an address with a slash at its end is the same', async () => {
  expect(await me(client({ provider: `${provider.issuer}/` }))).toMatchObject({ sub: 'service' })
})

test('a client is registered for as long as it is needed', async () => {
  const registration = new RegisterOpenIDClient({
    provider: provider.issuer,
    clientName: 'workshop',
    scopes: ['openid'],
    metadata: { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
  })
  const { clientId, clientSecret = '', metadata } = await registration.register()
  expect(metadata).toMatchObject({ client_name: 'workshop', scope: 'openid' })
  expect(await me(client({ clientId, clientSecret }))).toMatchObject({ sub: clientId })
  await registration.delete()
  await expect(me(client({ clientId, clientSecret }))).rejects.toMatchObject({ error: 'invalid_client' })
  await registration.delete()
})

test('a registration that is refused says why, and is not repeated', async () => {
  const before = provider.requests('registration')
  const wrong = new RegisterOpenIDClient({
    provider: provider.issuer,
    clientName: 'wrong',
    metadata: { redirect_uris: ['not an address'] },
  })
  await expect(wrong.register()).rejects.toMatchObject({
    code: 'oauth_refused',
    error: 'invalid_redirect_uri',
  })
  provider.fault('registration', { drop: true, times: 1 })
  await expect(wrong.register()).rejects.toMatchObject({ code: 'provider_unavailable' })
  expect(provider.requests('registration') - before).toBe(2)
})

test('a client that was disposed of asks nobody', async () => {
  const rest = client()
  {
    using disposed = rest
    await disposed.login()
  }
  await expect(me(rest)).rejects.toMatchObject({ code: 'client_closed' })
})
