/* What rest-tools' rest_handler_test says of tokens, in our words, and what guards answer. */
import { randomBytes } from 'node:crypto'
import {
  Auth,
  authenticated,
  bearerAuthentication,
  identityKey,
  KeycloakUsername,
  protect,
  RestHandler,
  tokenFailureKey,
  TokenError,
  type BearerOptions,
  type TokenValidator,
} from '@hexapla/rest'
import { expect, test } from 'vitest'
import { codeOf, serve } from './serve.ts'

const auth = new Auth({ secret: randomBytes(64), leewaySeconds: 0 })

/** Tells who asked. */
class Asker extends RestHandler {
  override get() {
    const { state } = this.request
    return { who: state.get(identityKey), why: state.get(tokenFailureKey)?.code }
  }
}

async function start(options: BearerOptions = { validator: auth }) {
  const lines: string[] = []
  const { url } = await serve(
    (server) =>
      server
        .addRoute('/open', Asker)
        .addRoute('/closed', protect(Asker, { get: authenticated }))
        .before(bearerAuthentication(options)),
    { logger: { level: 'debug', stream: { write: (line) => void lines.push(line) } } },
  )
  const ask = async (path: string, authorization?: string) =>
    await fetch(`${url}${path}`, { headers: authorization === undefined ? {} : { authorization } })
  return { ask, lines }
}

test('a valid token names who asks, whatever the case of the scheme', async () => {
  const { ask } = await start()
  const token = await auth.createToken('ada', { payload: { fruit: 'fig' } })
  for (const scheme of ['Bearer', 'bearer', 'BEARER  ']) {
    const response = await ask('/closed', `${scheme} ${token}`)
    expect(await response.json()).toMatchObject({ who: { subject: 'ada', claims: { fruit: 'fig' }, token } })
  }
})

test.each([
  ['no header', undefined],
  ['another scheme', 'Basic YWRhOmZpZw=='],
  ['a word', 'token'],
])('%s: open handlers answer, guarded ones ask for a token', async (_what, authorization) => {
  const { ask } = await start()
  expect(await (await ask('/open', authorization)).json()).toEqual({})
  const response = await ask('/closed', authorization)
  expect([response.status, response.headers.get('www-authenticate'), await codeOf(response)]).toEqual([
    401,
    'Bearer realm="api"',
    'authentication-failed',
  ])
})

test('a bad token: open handlers answer, guarded ones say that it is bad, the log says why', async () => {
  const { ask, lines } = await start()
  const token = await auth.createToken('ada', { expirationSeconds: -1 })
  expect(await (await ask('/open', `Bearer ${token}`)).json()).toEqual({ why: 'token-expired' })
  const response = await ask('/closed', `Bearer ${token}`)
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([
    401,
    'Bearer error="invalid_token"',
  ])
  expect(await response.text()).not.toContain('expired')
  expect(lines.join('')).toContain('token-expired')
  expect(lines.join('')).not.toContain(token)
})

test('a provider that cannot be asked is 503, and no fault of the caller', async () => {
  const validator: TokenValidator = {
    validate: async () =>
      await Promise.reject(new TokenError('provider-unavailable', 'no answer', { retryAfterSeconds: 2.5 })),
  }
  const { ask } = await start({ validator })
  expect((await ask('/open', 'Bearer x')).status).toBe(200)
  const response = await ask('/closed', 'Bearer x')
  expect([response.status, response.headers.get('retry-after'), await codeOf(response)]).toEqual([
    503,
    '3',
    'provider-unavailable',
  ])
})

test('a validator that breaks is a fault of the server', async () => {
  const { ask } = await start({ validator: { validate: async () => await Promise.reject(new Error('bug')) } })
  expect((await ask('/closed', 'Bearer x')).status).toBe(500)
})

test('a token that names nobody authenticates nobody', async () => {
  const { ask } = await start({ validator: auth, subject: KeycloakUsername })
  const asking = async (payload: Record<string, unknown>) => {
    const response = await ask('/open', `Bearer ${await auth.createToken('4711', { payload })}`)
    const { who, why } = (await response.json()) as { who?: { subject: string }; why?: string }
    return who?.subject ?? why
  }
  expect(await asking({})).toBe('token-claim-missing')
  expect(await asking({ preferred_username: '', upn: 7 })).toBe('token-claim-missing')
  expect(await asking({ preferred_username: 'ada', upn: 'other' })).toBe('ada')
  expect(await asking({ upn: 'ada' })).toBe('ada')
})
