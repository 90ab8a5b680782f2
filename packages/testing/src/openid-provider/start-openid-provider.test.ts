import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOpenIdProvider, type TestOpenIdProvider } from './start-openid-provider.ts'

let provider: TestOpenIdProvider
beforeAll(async () => {
  provider = await startOpenIdProvider({
    clients: [
      { client_id: 'service', client_secret: 's', claims: { resource_access: { api: { roles: ['job'] } } } },
      { client_id: 'device', application_type: 'native' },
      {
        client_id: 'web',
        client_secret: 'w',
        redirect_uris: ['http://localhost/back'],
        post_logout_redirect_uris: ['http://localhost/bye'],
      },
    ],
  })
})
afterAll(() => provider.stop())

interface Answer {
  readonly status: number
  readonly error?: string
  readonly access_token: string
  readonly refresh_token: string
  readonly id_token: string
  readonly device_code: string
  readonly user_code: string
}

async function post(path: string, form: Record<string, string>, client?: string): Promise<Answer> {
  const headers: Record<string, string> =
    client === undefined ? {} : { authorization: `Basic ${btoa(client)}` }
  const response = await fetch(provider.issuer + path, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  })
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
}

const serviceToken = () =>
  post('/token', { grant_type: 'client_credentials', scope: 'read offline_access' }, 'service:s')

test('a service gets a JWT for the audience', async () => {
  const { access_token } = await serviceToken()
  const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`))
  const { payload } = await jwtVerify(access_token, keys, {
    audience: provider.audience,
    issuer: provider.issuer,
  })
  expect(payload).toMatchObject({
    sub: 'service',
    scope: 'read',
    resource_access: { api: { roles: ['job'] } },
  })
})

test('a person signs in with a code, is known by userinfo and logs out', async () => {
  const url = new URL(`${provider.issuer}/auth`)
  url.search = String(
    new URLSearchParams({
      client_id: 'web',
      response_type: 'code',
      redirect_uri: 'http://localhost/back',
      scope: 'openid profile email groups',
      state: 'x y',
    }),
  )
  const back = await provider.signIn(url, 'ada')
  expect(back.href).toMatch(/^http:\/\/localhost\/back\?/)
  expect(back.searchParams.get('state')).toBe('x y')
  const tokens = await post(
    '/token',
    {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: 'http://localhost/back',
    },
    'web:w',
  )
  const person = { sub: 'ada', preferred_username: 'ada', groups: ['/staff', '/curators'] }
  expect(decodeJwt(tokens.access_token)).toMatchObject({ ...person, aud: provider.audience })
  expect(decodeJwt(tokens.id_token)).toMatchObject({ ...person, aud: 'web', email: 'ada@example.org' })
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const userinfo = await fetch(`${provider.issuer}/me`, { headers })
  expect(await userinfo.json()).toMatchObject({ ...person, email_verified: true })

  const bye = new URLSearchParams({
    id_token_hint: tokens.id_token,
    post_logout_redirect_uri: 'http://localhost/bye',
  })
  const { leadsTo } = await provider.browser().visit(`${provider.issuer}/session/end?${bye}`)
  expect(leadsTo?.href).toBe('http://localhost/bye')
  expect((await provider.signIn(url, undefined)).searchParams.get('error')).toBe('access_denied')
})

describe('a device', () => {
  const poll = (device_code: string) =>
    post('/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: 'device',
      device_code,
    })
  const begin = () => post('/device/auth', { client_id: 'device', scope: 'offline_access' })

  test('waits, is approved, renews, and loses all with a spent refresh token', async () => {
    const { device_code, user_code } = await begin()
    expect((await poll(device_code)).error).toBe('authorization_pending')
    await provider.approveDevice(user_code, 'grace')
    const first = await poll(device_code)
    expect(decodeJwt(first.access_token)).toMatchObject({ sub: 'grace', realm_access: { roles: ['reader'] } })
    const renew = (refresh_token: string) =>
      post('/token', { grant_type: 'refresh_token', client_id: 'device', refresh_token })
    const second = await renew(first.refresh_token)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await renew(first.refresh_token)).error).toBe('invalid_grant')
    expect((await renew(second.refresh_token)).error).toBe('invalid_grant')
  })

  test('is denied', async () => {
    const { device_code, user_code } = await begin()
    await provider.denyDevice(user_code)
    expect((await poll(device_code)).error).toBe('access_denied')
  })
})

test('new keys sign; what was issued lives on, also after a stop', async () => {
  const before = await serviceToken()
  await provider.rotateKeys()
  const after = await serviceToken()
  const kid = (answer: Answer) => decodeProtectedHeader(answer.access_token).kid
  expect(kid(after)).not.toBe(kid(before))
  await provider.stop()
  await expect(serviceToken()).rejects.toThrow(TypeError)
  await provider.start()
  const { keys } = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { keys: { kid: string }[] }
  expect(keys.map((key) => key.kid)).toEqual([kid(after), kid(before)])
})

test('faults come as often as told and are counted', async () => {
  const before = provider.requests('token')
  provider.fault('token', { status: 500, body: '{"error":"server_error"}', times: 1 })
  expect(await serviceToken()).toMatchObject({ status: 500, error: 'server_error' })
  expect(await serviceToken()).toMatchObject({ status: 200 })
  provider.fault('token', { drop: true })
  await expect(serviceToken()).rejects.toThrow(TypeError)
  provider.fault('token', undefined)
  expect(provider.requests('token') - before).toBe(3)
})
