import { cookieLogins, OpenIDAuth } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { SECRET, startOrchard } from './orchard.ts'

const start = (more: Partial<Parameters<typeof cookieLogins>[0]> = {}, provider = {}) =>
  startOrchard({
    options: ({ now }) => ({ storage: cookieLogins({ secrets: [SECRET], now, ...more }) }),
    provider,
  })
const NEWER = 'another secret of thirty-two characters or more'

/** A person with a name of so many characters, to make tokens long. */
const long = (length: number) => ({ sub: 'ada', name: 'x'.repeat(length) })

test('cookies show nothing of the tokens', async () => {
  const { visitor } = await start()
  const ada = visitor()
  await ada.signIn('ada')
  const { token } = (await ada.read('/who')) as { token: string }
  const [header, key, ...rest] = ada.cookies().split('=')[1]?.split('.') ?? []
  expect(JSON.parse(atob(header ?? ''))).toEqual({ alg: 'dir', enc: 'A256GCM' })
  expect([key, rest.length]).toEqual(['', 3])
  for (const part of token.split('.')) expect(ada.cookies()).not.toContain(part)
})

test('a cookie that was changed, cut or made elsewhere is that of nobody', async () => {
  const { visitor, another } = await start()
  const ada = visitor()
  await ada.signIn('ada')
  const cookie = ada.cookies()
  const first = cookie.indexOf('=') + 1
  for (const at of [first, first + 60, Math.floor(cookie.length / 2), cookie.length - 5]) {
    const other = cookie[at] === 'A' ? 'B' : 'A'
    const headers = { cookie: cookie.slice(0, at) + other + cookie.slice(at + 1) }
    expect(await visitor().read('/who', { headers })).toEqual({ nobody: true })
  }
  for (const cut of [cookie.slice(0, -1), cookie.slice(0, first), '__Host-login.0=x', '__Host-login.1=x']) {
    expect(await visitor().read('/who', { headers: { cookie: cut } })).toEqual({ nobody: true })
  }
  const elsewhere = await another({ storage: cookieLogins({ secrets: [NEWER] }) })
  expect(await elsewhere().read('/who', { headers: { cookie } })).toEqual({ nobody: true })
})

test('secrets are changed without signing anybody out', async () => {
  const { visitor, another, clock } = await start()
  const ada = visitor()
  await ada.signIn('ada')
  const headers = { cookie: ada.cookies() }
  const storage = (...secrets: string[]) => ({ storage: cookieLogins({ secrets, now: clock.now }) })
  const both = await another(storage(NEWER, SECRET))
  expect(await both().read('/who', { headers })).toMatchObject({ subject: 'ada' })
  const later = both()
  await later.signIn('grace')
  const newer = await another(storage(NEWER))
  expect(await newer().read('/who', { headers: { cookie: later.cookies() } })).toMatchObject({
    subject: 'grace',
  })
})

test('long tokens take several cookies, each of a size that browsers keep', async () => {
  const { visitor } = await start({ maxBytes: 14_000 }, { accounts: [long(2500), { sub: 'grace' }] })
  const ada = visitor()
  const answer = await ada.signIn('ada')
  const parts = answer.headers.getSetCookie().filter((cookie) => cookie.startsWith('__Host-login.'))
  expect(parts.length).toBeGreaterThan(2)
  for (const part of parts) expect(part.length).toBeLessThan(4096)
  expect(await ada.read('/who')).toMatchObject({ name: 'x'.repeat(2500) })
  // Fewer are needed afterwards.
  await ada.signIn('grace')
  expect(ada.cookies().split('; ').length).toBe(1)
  expect(await ada.read('/who')).toMatchObject({ subject: 'grace' })
})

test('a login that is too large for cookies is refused clearly', async () => {
  const { visitor } = await start({}, { accounts: [long(5000)] })
  const ada = visitor()
  expect(await ada.refusal(await ada.signInAtProvider('ada'))).toEqual([500, 'login-too-large'])
  expect(await ada.read('/who')).toEqual({ nobody: true })
  expect(ada.cookies()).toBe('')
})

test('a login ends at last, however often it is renewed', async () => {
  const { visitor, clock } = await start({ absoluteSeconds: 1000 })
  const ada = visitor()
  await ada.signIn('ada')
  for (let turn = 0; turn < 3; turn++) {
    clock.pass(300)
    expect(await ada.read('/private')).toMatchObject({ subject: 'ada' })
  }
  clock.pass(101)
  expect(await ada.refusal('/private')).toEqual([401, 'authentication-failed'])
})

test('an old cookie that was stolen gives itself away', async () => {
  const { visitor, clock } = await start()
  const ada = visitor()
  await ada.signIn('ada')
  const stolen = ada.cookies()
  clock.pass(280)
  await ada.read('/private')
  clock.pass(61)
  // The provider sees a spent refresh token, and ends all that came of that login.
  expect(await visitor().refusal('/private', { headers: { cookie: stolen } })).toEqual([
    401,
    'authentication-failed',
  ])
  clock.pass(280)
  expect(await ada.refusal('/private')).toEqual([401, 'authentication-failed'])
})

test('with a validator the access token says who asks', async () => {
  const { visitor, clock } = await startOrchard({
    provider: { lifetimes: { accessToken: 300 } },
    options: ({ now }) => ({ storage: cookieLogins({ secrets: [SECRET], now }) }),
    hook: ({ issuer, audience }, { now }) => ({
      validator: new OpenIDAuth(issuer, { audience, now }),
      subject: (claims) => String(claims['name']),
    }),
  })
  const ada = visitor()
  expect(await ada.read('/who')).toEqual({ nobody: true })
  await ada.signIn('ada')
  expect(await ada.read('/who')).toMatchObject({ subject: 'Ada Lovelace', groups: ['/staff', '/curators'] })
  clock.pass(301)
  expect(await ada.read('/who')).toMatchObject({ subject: 'Ada Lovelace' })
})

test('with a validator, an access token that nothing renews ends the login', async () => {
  const { visitor, clock } = await startOrchard({
    provider: {
      clients: [
        {
          client_id: 'orchard',
          client_secret: 'orchard-secret',
          redirect_uris: ['https://orchard.example.org/login'],
          grant_types: ['authorization_code'],
        },
      ],
    },
    hook: ({ issuer, audience }, { now }) => ({ validator: new OpenIDAuth(issuer, { audience, now }) }),
  })
  const ada = visitor()
  await ada.signIn('ada')
  expect(await ada.read('/private')).toMatchObject({ subject: 'ada' })
  clock.pass(400)
  expect(await ada.refusal('/private')).toEqual([401, 'authentication-failed'])
})

test('a bearer token goes before the cookies, the password of a proxy does not', async () => {
  const { visitor } = await start()
  const ada = visitor()
  await ada.signIn('ada')
  const read = (authorization: string) => ada.read('/who', { headers: { authorization } })
  expect(await read('Bearer rubbish')).toEqual({ nobody: true })
  expect(await read(`Basic ${btoa('staging:staging')}`)).toMatchObject({ subject: 'ada' })
})
