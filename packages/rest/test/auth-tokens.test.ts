/* The cases of rest-tools' auth_test in our words, and what it leaves open; what differs is told in docs/deviations.md. */
import { createHmac, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import {
  Auth,
  TokenError,
  type AuthOptions,
  type SignatureAlgorithm,
  type TokenErrorCode,
} from '@hexapla/rest'
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'

const secret = randomBytes(64)
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = {
  private: rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  public: rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
}

/** The code with which a token was refused; a token that is accepted has none. */
const refusal = async (validating: Promise<unknown>): Promise<TokenErrorCode | undefined> =>
  await validating.then(
    () => undefined,
    (error: unknown) => (error instanceof TokenError ? error.code : Promise.reject(error as Error)),
  )

/** A token of somebody else who has the key. */
const sign = async (
  claims: Record<string, unknown>,
  header: { alg?: string } & Record<string, unknown> = {},
) => await new SignJWT(claims).setProtectedHeader({ alg: 'HS512', ...header }).sign(secret)

const seconds = () => Math.floor(Date.now() / 1000)

describe('creating', () => {
  test('another library reads the token', async () => {
    const token = await new Auth({ secret }).createToken('ada', {
      expirationSeconds: 20,
      payload: { type: 'apple' },
      headers: { kid: '7', alg: 'none' },
    })
    const { payload, protectedHeader } = await jwtVerify(token, secret, { algorithms: ['HS512'] })
    expect(payload).toMatchObject({ sub: 'ada', type: 'apple' })
    expect(payload.exp).toBeLessThan(Date.now() / 1000 + 21)
    expect(protectedHeader).toEqual({ alg: 'HS512', typ: 'JWT', kid: '7' })
  })

  test('the payload does not replace what the token is about', async () => {
    const auth = new Auth({ secret, issuer: 'orchard' })
    const token = await auth.createToken('ada', {
      payload: { sub: 'eve', iss: 'thief', exp: 9e9, nbf: 1, iat: 1 },
    })
    const claims = await auth.validate(token)
    expect(claims).toMatchObject({ sub: 'ada', iss: 'orchard' })
    expect(claims.exp).toBeLessThan(9e9)
    expect(claims.nbf).toBeGreaterThan(1)
  })

  test('a caller asks for less time than the maximum, not for more', async () => {
    const auth = new Auth({ secret, expirationSeconds: 100, now: () => 5_000 })
    const expiry = async (expirationSeconds?: number) =>
      decodeJwt(await auth.createToken('ada', expirationSeconds === undefined ? {} : { expirationSeconds }))
        .exp
    expect([await expiry(), await expiry(40), await expiry(1000), await expiry(0)]).toEqual([105, 45, 105, 5])
  })

  test('times are whole seconds, or have fractions when asked', async () => {
    const now = () => 1_700_000_000_250
    const times = async (integerTimes: boolean) => {
      const auth = new Auth({ secret, integerTimes, leewaySeconds: 0, now })
      const { exp, iat, nbf } = await auth.validate(await auth.createToken('ada', { expirationSeconds: 1.5 }))
      return [exp, iat, nbf]
    }
    expect(await times(true)).toEqual([1_700_000_001, 1_700_000_000, 1_700_000_000])
    expect(await times(false)).toEqual([1_700_000_001.75, 1_700_000_000.25, 1_700_000_000.25])
  })

  test('a public key alone creates nothing', async () => {
    await expect(new Auth({ publicKey: pem.public }).createToken('ada')).rejects.toThrow(TypeError)
  })
})

describe('times', () => {
  test('expiry is forgiven within the leeway', async () => {
    const token = await new Auth({ secret }).createToken('ada', { expirationSeconds: -1 })
    expect(await refusal(new Auth({ secret, leewaySeconds: 0 }).validate(token))).toBe('token-expired')
    expect(await new Auth({ secret, leewaySeconds: 10 }).validate(token)).toMatchObject({ sub: 'ada' })
  })

  test.each([
    ['nbf', { iat: 0 }],
    ['iat', {}],
  ])('%s in the future is forgiven within the leeway', async (name, others) => {
    const token = await sign({ exp: seconds() + 300, ...others, [name]: seconds() + 120 })
    expect(await refusal(new Auth({ secret }).validate(token))).toBe('token-not-yet-valid')
    expect(await new Auth({ secret, leewaySeconds: 150 }).validate(token)).toHaveProperty(name)
  })

  test('the very end of the leeway is too late, as in RFC 7519', async () => {
    const token = await sign({ iat: 1000, exp: 1100 })
    const at = async (ms: number) =>
      await new Auth({ secret, leewaySeconds: 10, now: () => ms }).validate(token)
    expect(await at(1_109_999)).toHaveProperty('exp', 1100)
    expect(await refusal(at(1_110_000))).toBe('token-expired')
  })
})

describe('audience and issuer', () => {
  test('a token for others is refused, unless this call accepts them', async () => {
    const auth = new Auth({ secret, audience: ['bar'] })
    const token = await auth.createToken('ada', { payload: { aud: 'foo' } })
    expect(await refusal(auth.validate(token))).toBe('token-audience')
    expect(await auth.validate(token, { audience: 'foo' })).toHaveProperty('aud', 'foo')
    expect(await refusal(auth.validate(await auth.createToken('ada')))).toBe('token-claim-missing')
    expect(
      await auth.validate(await auth.createToken('ada', { payload: { aud: ['x', 'bar'] } })),
    ).toBeDefined()
  })

  test('without an audience of our own it is not checked', async () => {
    const auth = new Auth({ secret })
    expect(await auth.validate(await auth.createToken('ada', { payload: { aud: 'anyone' } }))).toBeDefined()
    expect(await auth.validate(await auth.createToken('ada'))).toHaveProperty('sub', 'ada')
  })

  test('an issuer is one of those known, or anyone when none is', async () => {
    const token = await new Auth({ secret, issuer: 'foo' }).createToken('ada')
    expect(await new Auth({ secret, issuer: 'foo' }).validate(token)).toHaveProperty('iss', 'foo')
    expect(await refusal(new Auth({ secret, issuers: ['bar'] }).validate(token))).toBe('token-issuer')
    expect(await new Auth({ secret, issuer: 'bar', issuers: ['foo'] }).validate(token)).toBeDefined()
    expect(await new Auth({ secret }).validate(token)).toHaveProperty('iss', 'foo')
    expect(
      await refusal(new Auth({ secret, issuer: 'foo' }).validate(await sign({ iat: 1, exp: 9e9 }))),
    ).toBe('token-claim-missing')
  })

  test('lists that accept nothing are refused', () => {
    expect(() => new Auth({ secret, audience: [] })).toThrow(TypeError)
    expect(() => new Auth({ secret, issuers: [] })).toThrow(TypeError)
  })
})

describe('claims', () => {
  test.each(['exp', 'iat', 'jti'])('%s is missing', async (name) => {
    const claims: Record<string, unknown> = { exp: 9e9, iat: 1, jti: 'x', sub: 'ada' }
    const auth = new Auth({ secret, requiredClaims: ['jti'] })
    expect(await auth.validate(await sign(claims))).toHaveProperty('jti', 'x')
    delete claims[name]
    expect(await refusal(auth.validate(await sign(claims)))).toBe('token-claim-missing')
  })

  test.each([
    { exp: '9000000000' },
    { iat: true },
    { nbf: [] },
    { iss: 1 },
    { sub: 4711 },
    { aud: { a: 1 } },
    { aud: [1] },
  ])('%o has a wrong type', async (wrong) => {
    expect(await refusal(new Auth({ secret }).validate(await sign({ exp: 9e9, iat: 1, ...wrong })))).toBe(
      'token-malformed',
    )
  })
})

describe('algorithms', () => {
  const pairs: [SignatureAlgorithm, { privateKey: KeyObject; publicKey: KeyObject }][] = [
    ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const).map(
      (name): [SignatureAlgorithm, typeof rsa] => [name, rsa],
    ),
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['ES512', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
    ['Ed25519', generateKeyPairSync('ed25519')],
  ]

  test.each(pairs)('%s', async (algorithm, { privateKey, publicKey }) => {
    const token = await new Auth({ privateKey, algorithm }).createToken('ada')
    expect(decodeProtectedHeader(token).alg).toBe(algorithm)
    expect(await new Auth({ publicKey, algorithm }).validate(token)).toHaveProperty('sub', 'ada')
    expect((await jwtVerify(token, publicKey, { algorithms: [algorithm] })).payload.sub).toBe('ada')
  })

  test.each(['HS256', 'HS384', 'HS512'] as const)('%s', async (algorithm) => {
    const auth = new Auth({ secret: secret.toString('hex'), algorithm })
    const token = await auth.createToken('ada')
    expect(decodeProtectedHeader(token).alg).toBe(algorithm)
    expect(await auth.validate(token)).toHaveProperty('sub', 'ada')
    expect(await refusal(new Auth({ secret: randomBytes(64), algorithm }).validate(token))).toBe(
      'token-signature',
    )
  })

  test('keys come as PEM text, PEM bytes or JWK, and tell the algorithm', async () => {
    const forms = [pem, { private: Buffer.from(pem.private), public: Buffer.from(pem.public) }]
    for (const form of forms) {
      const auth = new Auth({
        privateKey: form.private,
        publicKey: form.public,
        issuer: 'foo',
        audience: 'bar',
      })
      const token = await auth.createToken('ada', { payload: { aud: 'bar' } })
      expect(decodeProtectedHeader(token).alg).toBe('RS256')
      expect(await auth.validate(token)).toHaveProperty('sub', 'ada')
    }
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const auth = new Auth({ privateKey: privateKey.export({ format: 'jwk' }) })
    expect(decodeProtectedHeader(await auth.createToken('ada')).alg).toBe('ES384')
  })

  test('several are accepted when named', async () => {
    const token = await new Auth({ privateKey: pem.private, algorithm: 'PS512' }).createToken('ada')
    const publicKey = pem.public
    expect(await refusal(new Auth({ publicKey }).validate(token))).toBe('token-signature')
    expect(await new Auth({ publicKey, algorithms: ['RS256', 'PS512'] }).validate(token)).toBeDefined()
    const other = new Auth({ secret, algorithm: 'HS256', algorithms: ['HS384'] })
    expect(await refusal(other.validate(await other.createToken('ada')))).toBe('token-signature')
  })

  test('a public key never verifies an HMAC', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'eve', exp: 9e9, iat: 1 })}`
    const forged = `${head}.${createHmac('sha256', pem.public).update(head).digest('base64url')}`
    for (const algorithms of [undefined, ['RS256', 'PS256']] as const) {
      const auth = new Auth({ publicKey: pem.public, ...(algorithms === undefined ? {} : { algorithms }) })
      expect(await refusal(auth.validate(forged))).toBe('token-signature')
    }
    for (const key of [pem.public, pem.private, Buffer.from(pem.public), `\n ${pem.public}`]) {
      expect(() => new Auth({ secret: key, algorithm: 'HS256' })).toThrow(TypeError)
    }
  })

  const misfits: [string, unknown][] = [
    ['no key', {}],
    ['a short secret', { secret: randomBytes(32) }],
    ['a secret for a signature', { secret, algorithm: 'RS256' }],
    ['a public key for an HMAC', { publicKey: pem.public, algorithm: 'HS256' }],
    ['a public key accepted for an HMAC', { publicKey: pem.public, algorithms: ['RS256', 'HS256'] }],
    ['none', { publicKey: pem.public, algorithm: 'none' }],
    ['RSA for EC', { privateKey: pem.private, algorithm: 'ES256' }],
    ['another curve', { ...generateKeyPairSync('ec', { namedCurve: 'P-521' }), algorithm: 'ES256' }],
    [
      'halves of different kinds',
      { privateKey: pem.private, publicKey: generateKeyPairSync('ed25519').publicKey },
    ],
    ['halves mixed up', { privateKey: rsa.publicKey }],
    ['a key for encryption', generateKeyPairSync('x25519')],
    ['a short RSA key', generateKeyPairSync('rsa', { modulusLength: 1024 })],
    ['text that is no key', { publicKey: 'x' }],
    ['a JWK that is none', { privateKey: { kty: 'RSA' } }],
    ['no algorithm', { secret, algorithms: [] }],
    ['a negative leeway', { secret, leewaySeconds: -1 }],
  ]
  test.each(misfits)('%s is refused when made', (_what, options) => {
    expect(() => new Auth(options as AuthOptions)).toThrow(TypeError)
  })
})

describe('what is no token', () => {
  const auth = new Auth({ secret })

  test.each(['', 'x', 'a.b', 'a.b.c', '....', 'ä.ö.ü', 'e30.e30.e30', `${'x'.repeat(20_000)}.y.z`])(
    '%j',
    async (token) => expect(await refusal(auth.validate(token))).toBe('token-malformed'),
  )

  test('unsigned', async () => {
    const token = new UnsecuredJWT({ sub: 'eve', exp: 9e9, iat: 1 }).encode()
    expect(await refusal(auth.validate(token))).toBe('token-signature')
  })

  test('changed in one place', async () => {
    const [header, , signature] = (await auth.createToken('ada')).split('.')
    const payload = Buffer.from(JSON.stringify({ sub: 'eve', exp: 9e9, iat: 1 })).toString('base64url')
    expect(await refusal(auth.validate(`${header ?? ''}.${payload}.${signature ?? ''}`))).toBe(
      'token-signature',
    )
  })

  test('signed, but with a critical extension that is unknown', async () => {
    expect(await refusal(auth.validate(await signRaw({ alg: 'HS512', crit: ['x'], x: 1 }, '{}')))).toBe(
      'token-malformed',
    )
  })

  test.each(['[]', 'null', '"x"', '{', '\u00ff'])('signed, but holding %j', async (payload) => {
    expect(await refusal(auth.validate(await signRaw({ alg: 'HS512' }, payload)))).toBe('token-malformed')
  })

  async function signRaw(header: unknown, payload: string): Promise<string> {
    const part = (text: string) => Buffer.from(text, 'latin1').toString('base64url')
    const head = `${part(JSON.stringify(header))}.${part(payload)}`
    return await Promise.resolve(`${head}.${createHmac('sha512', secret).update(head).digest('base64url')}`)
  }
})
