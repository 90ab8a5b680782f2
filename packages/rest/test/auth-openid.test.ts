import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import {
  authenticated,
  bearerAuthentication,
  OpenIDAuth,
  protect,
  RestHandler,
  TokenError,
  type OpenIDAuthOptions,
  type TokenErrorCode,
} from '@hexapla/rest'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { provide } from './openid-tokens.ts'
import { serve } from './serve.ts'

const outcome = async (validating: Promise<{ sub?: string }>): Promise<TokenErrorCode | 'good'> =>
  await validating.then(
    () => 'good',
    (error: unknown) => (error instanceof TokenError ? error.code : Promise.reject(error as Error)),
  )

/** A token that names a key of nobody. */
const strangeToken = async (kid: string) => {
  const { privateKey } = await generateKeyPair('ES256')
  return await new SignJWT({ sub: 'eve', exp: 9e9, iat: 1 })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(privateKey)
}

describe('validating', () => {
  test.each(['RS256', 'PS256', 'ES256', 'Ed25519'] as const)('tokens signed with %s', async (algorithm) => {
    const { provider, token } = await provide({ algorithm })
    const auth = new OpenIDAuth(provider.issuer, { audience: provider.audience })
    const good = await token()
    expect(decodeProtectedHeader(good).alg).toBe(algorithm)
    expect(await auth.validate(good)).toMatchObject({ iss: provider.issuer, scope: 'read' })
    expect(await outcome(new OpenIDAuth(provider.issuer, { algorithms: ['RS512'] }).validate(good))).toBe(
      'token-signature',
    )
  })

  test('audience and issuer', async () => {
    const { provider, token } = await provide()
    const good = await token()
    const by = (options: OpenIDAuthOptions) => new OpenIDAuth(provider.issuer, options)
    expect(await outcome(by({}).validate(good))).toBe('good')
    expect(await outcome(by({ audience: 'https://others' }).validate(good))).toBe('token-audience')
    expect(await outcome(by({ audience: 'x' }).validate(good, { audience: provider.audience }))).toBe('good')
    expect(await outcome(by({ issuers: ['https://others'] }).validate(good))).toBe('token-issuer')
    expect(await outcome(by({ requiredClaims: ['role'] }).validate(good))).toBe('token-claim-missing')
    expect(() => by({ algorithms: ['HS256' as never] })).toThrow(TypeError)
  })

  test('the provider is asked once, however many tokens come', async () => {
    const { provider, token } = await provide()
    const auth = new OpenIDAuth(`${provider.issuer}/`)
    const good = await token()
    await Promise.all(Array.from({ length: 20 }, async () => await auth.validate(good)))
    await auth.validate(good)
    expect(await auth.provider()).toMatchObject({ token_endpoint: `${provider.issuer}/token` })
    expect([provider.requests('discovery'), provider.requests('jwks')]).toEqual([1, 1])
  })
})

describe('when the provider is away', () => {
  test('at the start: nothing is refused as bad, and all is well when it appears', async () => {
    const { provider, token } = await provide()
    const good = await token()
    await provider.stop()
    const failures: string[] = []
    const auth = new OpenIDAuth(provider.issuer, {
      cooldownSeconds: 0.2,
      onProviderFailure: ({ code }) => failures.push(code),
    })
    await expect(auth.validate(good)).rejects.toMatchObject({
      code: 'provider-unavailable',
      retryAfterSeconds: 0.2,
    })
    await expect(auth.provider()).rejects.toMatchObject({ code: 'provider-unavailable' })
    expect(await outcome(auth.validate('rubbish'))).toBe('token-malformed')
    expect(failures).toEqual(['provider-unavailable'])
    await provider.start()
    await wait(250)
    expect(await outcome(auth.validate(good))).toBe('good')
    expect(await auth.provider()).toHaveProperty('issuer', provider.issuer)
  })

  test('callers of a server are told to come back', async () => {
    const { provider, token } = await provide()
    const authorization = `Bearer ${await token()}`
    class Closed extends RestHandler {
      override get() {
        return 'open'
      }
    }
    const validator = new OpenIDAuth(provider.issuer, { cooldownSeconds: 0.2 })
    const { url } = await serve((server) =>
      server.before(bearerAuthentication({ validator })).addRoute('/', protect(Closed, authenticated)),
    )
    const ask = async () => await fetch(url, { headers: { authorization } })
    await provider.stop()
    const refused = await ask()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    await provider.start()
    await wait(250)
    expect((await ask()).status).toBe(200)
    await provider.stop()
    expect((await ask()).status).toBe(200)
  })

  test('later: known keys keep working, of unknown ones nothing can be said', async () => {
    const { provider, token } = await provide()
    const good = await token()
    const auth = new OpenIDAuth(provider.issuer, { cooldownSeconds: 0, maxAgeSeconds: 0 })
    await auth.validate(good)
    await provider.stop()
    for (let times = 0; times < 3; times++) expect(await outcome(auth.validate(good))).toBe('good')
    expect(await outcome(auth.validate(await strangeToken('unknown')))).toBe('provider-unavailable')
    expect(await outcome(auth.validate(good))).toBe('good')
  })

  test('slow: known keys are not held up, others wait no longer than the time-out', async () => {
    const { provider, token } = await provide()
    const good = await token()
    const options = { timeoutSeconds: 1, cooldownSeconds: 0 }
    const auth = new OpenIDAuth(provider.issuer, { ...options, maxAgeSeconds: 0 })
    await auth.validate(good)
    provider.fault('jwks', { delayMs: 10_000 })
    provider.fault('discovery', { delayMs: 10_000 })
    const started = performance.now()
    expect(await outcome(auth.validate(good))).toBe('good')
    expect(performance.now() - started).toBeLessThan(900)
    expect(await outcome(new OpenIDAuth(provider.issuer, options).validate(good))).toBe(
      'provider-unavailable',
    )
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test.each([
    ['a page', { body: '<html>maintenance</html>', headers: { 'content-type': 'text/html' } }],
    ['a failure', { status: 500, body: '{}' }],
    ['text', { body: '"fine"' }],
    ['a list', { body: '[]' }],
    ['no keys', { body: '{"keys":[]}' }],
    ['keys that are none', { body: '{"keys":["a",1]}' }],
    ['another way', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['half an answer', { drop: true }],
    ['no end', { body: `{"keys":[${'{},'.repeat(500_000)}{}]}` }],
  ])('answering %s: no fault of the caller, and known keys keep working', async (_what, fault) => {
    const { provider, token } = await provide()
    const good = await token()
    const options = { cooldownSeconds: 0, maxAgeSeconds: 0 }
    const known = new OpenIDAuth(provider.issuer, options)
    await known.validate(good)
    for (const endpoint of ['jwks', 'discovery'] as const) {
      provider.fault(endpoint, fault)
      expect(await outcome(new OpenIDAuth(provider.issuer, options).validate(good))).toBe(
        'provider-unavailable',
      )
      expect(await outcome(known.validate(good))).toBe('good')
      provider.fault(endpoint, undefined)
    }
    expect(await outcome(known.validate(good))).toBe('good')
  })
})

describe('keys', () => {
  test('rotated: a token of the new key is accepted at once, of the old one while it is published', async () => {
    const { provider, token } = await provide()
    const before = await token()
    const auth = new OpenIDAuth(provider.issuer, { cooldownSeconds: 0, maxAgeSeconds: 3600 })
    await auth.validate(before)
    await provider.rotateKeys()
    const after = await token()
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid)
    const many = await Promise.all(
      Array.from({ length: 10 }, async () => await outcome(auth.validate(after))),
    )
    expect(new Set(many)).toEqual(new Set(['good']))
    expect(provider.requests('jwks')).toBe(2)
    expect(await outcome(auth.validate(before))).toBe('good')
    await provider.rotateKeys({ forget: true })
    expect(await outcome(auth.validate(await token()))).toBe('good')
    expect(await outcome(auth.validate(before))).toBe('token-key-unknown')
  })

  test('withdrawn: they are forgotten after their time', async () => {
    const { provider, token } = await provide()
    const before = await token()
    const auth = new OpenIDAuth(provider.issuer, { cooldownSeconds: 0, maxAgeSeconds: 0.1 })
    await auth.validate(before)
    await provider.rotateKeys({ forget: true })
    await wait(150)
    expect(await outcome(auth.validate(before))).toBe('good')
    while (provider.requests('jwks') < 2) await wait(5)
    await expect.poll(async () => await outcome(auth.validate(before))).toBe('token-key-unknown')
  })

  test('a storm of random names asks no more than the cool-down allows', async () => {
    const { provider, token } = await provide()
    const good = await token()
    const auth = new OpenIDAuth(provider.issuer, { cooldownSeconds: 0.3 })
    await auth.validate(good)
    const started = performance.now()
    while (performance.now() - started < 1000) {
      const storm = await Promise.all(
        Array.from(
          { length: 25 },
          async (_, n) => await outcome(auth.validate(await strangeToken(`${n} ${Math.random()}`))),
        ),
      )
      expect(new Set(storm)).toEqual(new Set(['token-key-unknown']))
      expect(await outcome(auth.validate(good))).toBe('good')
    }
    const allowed = Math.floor((performance.now() - started) / 300) + 1
    expect(provider.requests('jwks')).toBeLessThanOrEqual(1 + allowed)
    expect(provider.requests('jwks')).toBeGreaterThan(2)
    expect(provider.requests('discovery')).toBe(1)
  })

  test('while the provider fails, a storm asks no more either', async () => {
    const { provider } = await provide()
    provider.fault('discovery', { status: 500 })
    const auth = new OpenIDAuth(provider.issuer, { cooldownSeconds: 60 })
    for (let n = 0; n < 50; n++) {
      expect(await outcome(auth.validate(await strangeToken(String(n))))).toBe('provider-unavailable')
    }
    expect(provider.requests('discovery')).toBe(1)
  })
})

describe('clocks', () => {
  test('a provider two minutes ahead needs a leeway of more', async () => {
    const { provider, token } = await provide({ clockAheadSeconds: 120 })
    const ahead = await token()
    const by = (options: OpenIDAuthOptions) => new OpenIDAuth(provider.issuer, options)
    expect(await outcome(by({}).validate(ahead))).toBe('token-not-yet-valid')
    expect(await outcome(by({ leewaySeconds: 130 }).validate(ahead))).toBe('good')
  })

  test('a provider two minutes behind shortens the lives of its tokens', async () => {
    const { provider, token } = await provide({ clockAheadSeconds: -120, lifetimes: { accessToken: 60 } })
    const behind = await token()
    const by = (options: OpenIDAuthOptions) => new OpenIDAuth(provider.issuer, options)
    expect(await outcome(by({ leewaySeconds: 0 }).validate(behind))).toBe('token-expired')
    expect(await outcome(by({}).validate(behind))).toBe('token-expired')
    expect(await outcome(by({ leewaySeconds: 130 }).validate(behind))).toBe('good')
    expect(decodeJwt(behind).exp).toBeLessThan(Date.now() / 1000)
  })
})

describe('providers that are not what they say', () => {
  /** A provider that has these documents, made with its own address. */
  async function fake(documents: (url: string) => Record<string, unknown>): Promise<string> {
    const server = createServer((request, response) => {
      response.end(JSON.stringify(documents(url)[request.url ?? '']))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return url
  }
  const discovery = '/.well-known/openid-configuration'

  test('one that speaks for another issuer', async () => {
    const url = await fake((self) => ({
      [discovery]: { issuer: 'https://id.example.org', jwks_uri: `${self}/jwks` },
    }))
    const named = new OpenIDAuth(url, { issuers: ['https://id.example.org'] })
    await expect(named.provider()).resolves.toHaveProperty('issuer', 'https://id.example.org')
    await expect(new OpenIDAuth(url).provider()).rejects.toMatchObject({ code: 'provider-unavailable' })
  })

  test.each([
    ['no issuer', { issuer: undefined }],
    ['no keys', { jwks_uri: undefined }],
    ['keys nowhere', { jwks_uri: 'nowhere' }],
    ['keys in a file', { jwks_uri: 'file:///etc/keys' }],
    ['a token endpoint that is no text', { token_endpoint: 7 }],
  ])('one with %s', async (_what, wrong) => {
    const url = await fake((self) => ({
      [discovery]: { issuer: self, jwks_uri: `${self}/jwks`, ...wrong },
    }))
    await expect(new OpenIDAuth(url).provider()).rejects.toMatchObject({ code: 'provider-unavailable' })
  })

  /** The address of a provider that publishes these keys. */
  const publish = async (...keys: readonly unknown[]) =>
    await fake((self) => ({ [discovery]: { issuer: self, jwks_uri: `${self}/jwks` }, '/jwks': { keys } }))

  test('one with several keys, and a token that names none', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const jwk = await exportJWK(publicKey)
    const issue = async (iss: string) =>
      await new SignJWT({ iss, exp: 9e9, iat: 1 }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    const two = await publish({ ...jwk, kid: '1' }, { ...jwk, kid: '2' })
    expect(await outcome(new OpenIDAuth(two).validate(await issue(two)))).toBe('token-key-unknown')
    const one = await publish({ ...jwk, kid: '1' })
    expect(await outcome(new OpenIDAuth(one).validate(await issue(one)))).toBe('good')
  })

  test('one whose keys cannot be used', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const short = await publish({ ...publicKey.export({ format: 'jwk' }), kid: '1' })
    const secret = await publish({ kty: 'oct', k: 'c2VjcmV0', kid: '1' })
    const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: '1' })).toString('base64url')
    expect(await outcome(new OpenIDAuth(short).validate(`${head}.e30.e30`))).toBe('provider-unavailable')
    expect(await outcome(new OpenIDAuth(secret).validate(`${head}.e30.e30`))).toBe('token-key-unknown')
  })
})
