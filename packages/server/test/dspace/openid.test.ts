import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR } from '@hexapla/repository'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { WebBrowser } from './web-browser.ts'

const UI = 'http://ui.example.org:4000'
const HOUR_MS = 3_600_000
const AUDIENCE = 'https://repository.example.org'
const person = (sub: string, more: object = {}) => ({
  sub,
  email: `${sub}@example.org`,
  email_verified: true,
  groups: [] as string[],
  ...more,
})
const ADA = {
  ...person('ada', { given_name: 'Ada', family_name: 'Lovelace' }),
  groups: ['/Curators', 'Administrator', 'unknown'],
}

let provider: TestOpenIdProvider
let server: TestServer
let admin: DSpaceSession
let curatorsId: string
let now: number

beforeAll(async () => {
  now = Date.now()
  provider = await startOpenIdProvider({
    accounts: [
      ADA,
      person('grace', { email_verified: false }),
      person('eve', { email: 'eve@elsewhere.example' }),
      person('known'),
      person('known-again', { email: 'known@example.org' }),
      person('squatter', { email: 'admin@example.org', email_verified: false }),
      person('barred'),
      person('program'),
    ],
    audience: AUDIENCE,
    clients: [
      {
        client_id: 'hexapla',
        client_secret: 'hexapla-secret',
        // A native client's port is not known beforehand (RFC 8252 section 7.3), as the test server's is not.
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/server/api/authn/oidc'],
      },
      { client_id: 'cli', application_type: 'native' },
    ],
  })
  server = await startTestServer(
    {
      HEXAPLA_UI_URL: UI,
      HEXAPLA_OPENID_ISSUER: provider.issuer,
      HEXAPLA_OPENID_CLIENT_ID: 'hexapla',
      HEXAPLA_OPENID_CLIENT_SECRET: 'hexapla-secret',
      HEXAPLA_OPENID_SCOPES: 'openid email profile groups',
      HEXAPLA_OPENID_AUDIENCE: AUDIENCE,
      HEXAPLA_OPENID_DEVICE_CLIENT_ID: 'cli',
      HEXAPLA_OPENID_MAKE_PEOPLE: 'on',
      HEXAPLA_OPENID_ALLOWED_DOMAINS: 'Example.org',
    },
    { clock: () => new Date(now) },
  )
  admin = server.session()
  const group = { name: 'Curators', metadata: {} }
  curatorsId = (await server.repository.useCases.groups.create(SYSTEM_ACTOR, group)).id
})
beforeEach(() => {
  now = Date.now()
})
afterAll(async () => {
  await server.stop()
  await provider.stop()
})

const oidc = () => `${server.api}/authn/oidc`
async function begin(browser: WebBrowser, returnTo = `${UI}/home`) {
  const first = await browser.send(`${oidc()}?redirectUrl=${returnTo}`)
  expect(first.status).toBe(302)
  return browser.send(first.headers.get('location') ?? '')
}

/** Walks from the button of the web client to the provider and back. */
async function signIn(account: string | undefined, browser = new WebBrowser()) {
  const begun = await begin(browser)
  expect(begun.status).toBe(303)
  const back = await provider.signIn(begun.headers.get('location') ?? '', account)
  const ended = await browser.send(back)
  return { browser, back, ended }
}

/** What the web client does after the redirect: it looks at the status, then asks for a token. */
async function exchange(browser: WebBrowser) {
  const status = await (await browser.send(`${server.api}/authn/status`)).json()
  const csrf = (await browser.send(`${server.api}/security/csrf`)).headers.get('dspace-xsrf-token') ?? ''
  const response = await browser.send(`${server.api}/authn/login`, {
    method: 'POST',
    headers: { 'x-xsrf-token': csrf },
  })
  return { status, response, token: response.headers.get('authorization')?.slice('Bearer '.length) ?? '' }
}

const get = async (token: string, path: string) => {
  const response = await fetch(server.api + path, { headers: { authorization: `Bearer ${token}` } })
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown }
}

describe('signing in with the provider', () => {
  test('is offered as the web client expects', async () => {
    const methods = (await fetch(`${server.api}/authn/status`)).headers.get('www-authenticate')
    expect(methods).toBe(
      `password realm="DSpace REST API", oidc realm="DSpace REST API", location="${oidc()}?redirectUrl=${UI}"`,
    )
    const refused = await fetch(`${server.api}/eperson/epersons`)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, methods])
  })

  test('asks the provider for a code, with state, nonce and PKCE', async () => {
    const browser = new WebBrowser()
    const begun = await begin(browser)
    const location = new URL(begun.headers.get('location') ?? '')
    expect(location.origin).toBe(provider.issuer)
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      client_id: 'hexapla',
      response_type: 'code',
      redirect_uri: oidc(),
      code_challenge_method: 'S256',
      state: expect.stringMatching(/.{20,}/),
      nonce: expect.stringMatching(/.{20,}/),
    })
    const cookie = begun.headers.getSetCookie().find((one) => one.startsWith('login-attempt-')) ?? ''
    expect(cookie).toMatch(/HttpOnly; .*SameSite=Lax/)
  })

  test('ends in a token of somebody new, with the groups that have the names of the provider’s', async () => {
    const { browser, ended } = await signIn('ada')
    expect([ended.status, ended.headers.get('location')]).toEqual([303, `${UI}/home`])
    const { status, response, token } = await exchange(browser)
    expect(status).toMatchObject({ authenticated: true, authenticationMethod: 'oidc' })
    expect(response.status).toBe(200)
    expect(browser.cookieNames).toEqual(['DSPACE-XSRF-COOKIE'])
    const { eid } = decodeJwt<{ eid: string }>(token)
    expect(decodeJwt(token)).toMatchObject({ sg: [curatorsId], authenticationMethod: 'oidc' })
    expect(await get(token, '/authn/status?embed=specialGroups')).toMatchObject({
      body: {
        authenticationMethod: 'oidc',
        _embedded: { specialGroups: { _embedded: { groups: [{ name: 'Curators' }] } } },
      },
    })
    expect(await admin.getJson(`/api/eperson/epersons/${eid}`)).toMatchObject({
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      selfRegistered: true,
    })
    // The provider's group Administrator makes no administrator.
    expect((await get(token, '/eperson/epersons')).status).toBe(403)
  })

  test('the second time is the same account, and groups that the provider took away are gone', async () => {
    const first = decodeJwt<{ eid: string }>((await exchange((await signIn('ada')).browser)).token)
    ADA.groups.splice(0)
    const again = decodeJwt((await exchange((await signIn('ada')).browser)).token)
    expect(again).toMatchObject({ eid: first.eid, sg: [] })
  })

  test('leads to an account with the same address, once', async () => {
    const id = await createPerson(admin, { email: 'known@example.org', password: 'a long enough passphrase' })
    expect(decodeJwt((await exchange((await signIn('known')).browser)).token)).toMatchObject({ eid: id })
    const { ended } = await signIn('known-again')
    expect(ended.status).toBe(401)
    expect(await ended.json()).toMatchObject({ code: 'LOGIN_REFUSED' })
  })

  test.each([
    ['an address that nobody checked', 'grace'],
    ['an address that nobody checked, of an account', 'squatter'],
    ['a domain that is not admitted', 'eve'],
  ])('refuses %s', async (_what, account) => {
    const { browser, ended } = await signIn(account)
    expect(ended.status).toBe(401)
    expect(await ended.json()).toMatchObject({ code: 'LOGIN_REFUSED' })
    expect((await exchange(browser)).response.status).toBe(401)
  })

  test('refuses somebody barred', async () => {
    await createPerson(admin, { email: 'barred@example.org', password: 'x'.repeat(9) }, { canLogIn: false })
    expect((await signIn('barred')).ended.status).toBe(401)
  })

  test('that the person gives up leads back without a sign-in', async () => {
    const { browser, ended } = await signIn(undefined)
    expect([ended.status, ended.headers.get('location')]).toEqual([302, `${UI}/`])
    expect((await exchange(browser)).response.status).toBe(401)
  })
})

describe('what somebody else makes a browser do', () => {
  test('an answer to a sign-in that another browser began is refused', async () => {
    const begun = await begin(new WebBrowser())
    const back = await provider.signIn(begun.headers.get('location') ?? '', 'ada')
    for (const browser of [new WebBrowser(), await other()]) {
      const answer = await browser.send(back)
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'login-state-unknown' })
      expect(browser.cookieNames).not.toContain('Authorization-cookie')
    }
    async function other() {
      const browser = new WebBrowser()
      await begin(browser)
      return browser
    }
  })

  test('a changed state or code, a code used twice, and an answer that comes too late are refused', async () => {
    const { browser, back } = await signIn('ada')
    expect((await browser.send(back)).status).toBe(403)
    for (const [name, status] of [
      ['state', 403],
      ['code', 400],
    ] as const) {
      const victim = new WebBrowser()
      const begun = await begin(victim)
      const changed = await provider.signIn(begun.headers.get('location') ?? '', 'ada')
      changed.searchParams.set(name, 'forged')
      expect((await victim.send(changed)).status).toBe(status)
    }
    const slow = new WebBrowser()
    const begun = await begin(slow)
    const late = await provider.signIn(begun.headers.get('location') ?? '', 'ada')
    now += 601_000
    expect((await slow.send(late)).status).toBe(403)
  })

  test.each([
    'https://evil.example/',
    'http://ui.example.org/',
    'http://ui.example.org:4000@evil.example/',
    'javascript://ui.example.org:4000/%0aalert(1)',
    '//evil.example',
    'http://user@ui.example.org:4000/',
  ])('nobody is led to %s', async (address) => {
    for (const text of [address, encodeURIComponent(address)]) {
      const answer = await begin(new WebBrowser(), text)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'return-address-refused' })
    }
  })

  test('the way back may have parameters, escaped or not', async () => {
    const page = `${UI}/search?query=a&page=2`
    for (const text of [page, encodeURIComponent(page)]) {
      const browser = new WebBrowser()
      const begun = await begin(browser, text)
      const back = await provider.signIn(begun.headers.get('location') ?? '', 'ada')
      expect((await browser.send(back)).headers.get('location')).toBe(page)
    }
  })

  test('the cookie counts nowhere but for its exchange, and not without the CSRF token', async () => {
    const { browser } = await signIn('ada')
    expect((await browser.send(`${server.api}/authn/tokens`)).status).toBe(401)
    expect((await browser.send(`${server.api}/authn/login`, { method: 'POST' })).status).toBe(403)
    now += 301_000
    expect((await exchange(browser)).response.status).toBe(401)
  })
})

test('a session is renewed until the provider has to say again who it is', async () => {
  const renew = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${server.api}/authn/login`, { method: 'POST', headers })
    const renewed = response.headers.get('authorization')?.slice('Bearer '.length)
    return { status: response.status, token: renewed ?? token, answer: await response.text() }
  }
  let { token } = await exchange((await signIn('ada')).browser)
  const answers: { status: number; answer: string }[] = []
  for (let quarter = 1; quarter <= 48; quarter += 1) {
    now += HOUR_MS / 4
    const renewed = await renew(token)
    answers.push(renewed)
    token = renewed.token
  }
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 47 }, () => 200), 401])
  expect(answers.at(-1)?.answer).toContain('sign-in-old')
})

/** An access token of the provider, as a program without a browser gets one (RFC 8628). */
async function accessToken(account: string, more: Record<string, string> = {}): Promise<string> {
  const post = async (path: string, form: Record<string, string>) => {
    const body = new URLSearchParams({ client_id: 'cli', ...form })
    const response = await fetch(provider.issuer + path, { method: 'POST', body })
    return (await response.json()) as Record<string, string>
  }
  const asked = await post('/device/auth', { scope: 'openid email groups', ...more })
  await provider.approveDevice(asked['user_code'] ?? '', account)
  const grant = 'urn:ietf:params:oauth:grant-type:device_code'
  const given = await post('/token', { grant_type: grant, device_code: asked['device_code'] ?? '' })
  return given['access_token'] ?? ''
}

describe('a token of the provider', () => {
  test('speaks for its person, who gets an account with the first; one statement tells who it is', async () => {
    ADA.groups = ['Curators']
    const token = await accessToken('program')
    expect(await get(token, '/authn/status')).toMatchObject({
      status: 200,
      body: { authenticated: true, authenticationMethod: 'oidc' },
    })
    const curator = await accessToken('ada')
    expect(await get(curator, '/authn/status/specialGroups')).toMatchObject({
      body: { _embedded: { specialGroups: [{ name: 'Curators' }] } },
    })
    const sent = await server.statements(() => get(curator, '/authn/tokens'))
    // Who asks; tokens and their number.
    expect(sent.filter((sql) => !/\boutbox\b|^(begin|commit)/.test(sql.trim()))).toHaveLength(3)
  })

  test('counts as often as requests come together', async () => {
    const token = await accessToken('known')
    await server.repository.database.write.deleteFrom('person_identity').execute()
    const answers = await Promise.all(Array.from({ length: 8 }, () => get(token, '/authn/tokens')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  test.each([
    ['changed', async () => `${(await accessToken('ada')).slice(0, -4)}AAAA`],
    ['of somebody who is not admitted', () => accessToken('eve')],
    ['of somebody whose address nobody checked', () => accessToken('grace')],
  ])('%s is 401', async (_what, make) => {
    const token = await make()
    const answer = await get(token, '/core/communities')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect((await get(token, '/authn/status')).body).toMatchObject({ authenticated: false })
  })

  test('that has expired is 401', async () => {
    const token = await accessToken('ada')
    now += HOUR_MS
    expect((await get(token, '/core/communities')).status).toBe(401)
  })

  test('is exchanged for a session', async () => {
    const headers = { authorization: `Bearer ${await accessToken('ada')}` }
    const response = await fetch(`${server.api}/authn/login`, { method: 'POST', headers })
    expect(response.status).toBe(200)
    const token = response.headers.get('authorization')?.slice('Bearer '.length) ?? ''
    expect(decodeJwt(token)).toMatchObject({
      authenticationMethod: 'oidc',
      auth_time: Math.floor(now / 1000),
      sg: [curatorsId],
    })
    expect((await get(token, '/authn/tokens')).status).toBe(200)
  })

  test('is found by programs: the server says whose tokens it takes', async () => {
    const response = await fetch(`${server.url}/.well-known/oauth-protected-resource/server`)
    expect(await response.json()).toMatchObject({
      resource: `${server.url}/server`,
      authorization_servers: [provider.issuer],
      scopes_supported: ['openid', 'email', 'profile', 'groups'],
      device_client_id: 'cli',
    })
  })
})

test('a server starts without its provider', async () => {
  const alone = await startTestServer({
    HEXAPLA_OPENID_ISSUER: 'http://127.0.0.1:9',
    HEXAPLA_OPENID_CLIENT_ID: 'hexapla',
  })
  try {
    expect(await alone.session().getJson('/api/authn/status')).toMatchObject({ authenticated: true })
    const begun = await fetch(`${alone.api}/authn/oidc`, { redirect: 'manual' })
    expect([begun.status, await begun.json()]).toMatchObject([503, { code: 'provider-unavailable' }])
  } finally {
    await alone.stop()
  }
})

describe('while the provider is away', () => {
  test('its tokens, passwords and API tokens work on; signing in with it is 503 and heals', async () => {
    const token = await accessToken('ada')
    expect((await get(token, '/authn/tokens')).status).toBe(200)
    const made = await admin.post('/api/authn/tokens', { json: { name: 'steady' } })
    const { token: apiToken } = (await made.json()) as { token: string }
    const { browser, location } = await begun()
    await provider.stop()
    try {
      expect((await get(token, '/authn/tokens')).status).toBe(200)
      expect((await get(apiToken, '/core/items')).status).toBe(200)
      expect(await server.session().getJson('/api/authn/status')).toMatchObject({ authenticated: true })
      const ended = await browser.send(
        `${oidc()}?code=x&state=${location.searchParams.get('state')}&iss=${provider.issuer}`,
      )
      expect(ended.status).toBe(503)
      expect(ended.headers.get('retry-after')).toMatch(/^\d+$/)
    } finally {
      await provider.start()
    }
    expect((await signIn('ada')).ended.status).toBe(303)
  })

  async function begun() {
    const browser = new WebBrowser()
    const answer = await begin(browser)
    return { browser, location: new URL(answer.headers.get('location') ?? '') }
  }
})
