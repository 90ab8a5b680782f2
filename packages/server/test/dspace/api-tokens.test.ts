import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPerson, RawSession } from './raw-session.ts'
import { refused } from './refused.ts'

const TOKENS = '/api/authn/tokens'
const DAY_MS = 24 * 60 * 60 * 1000
const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }

interface TokenDocument {
  readonly id: string
  readonly name: string
  readonly token: string
  readonly scope: string
  readonly expires: string | null
  readonly lastUsed: string | null
}

let server: TestServer
let now: number
let admin: DSpaceSession
let jane: DSpaceSession
let janeId: string
let count = 0
beforeAll(async () => {
  now = Date.now()
  server = await startTestServer({}, { clock: () => new Date(now) })
  admin = server.session()
  janeId = await createPerson(admin, JANE)
  jane = server.session(JANE)
})
beforeEach(() => {
  now = Date.now()
})
afterAll(() => server.stop())

async function create(session: DSpaceSession, input: Record<string, unknown> = {}): Promise<TokenDocument> {
  count += 1
  const response = await session.post(TOKENS, { json: { name: `token ${count}`, ...input } })
  expect(response.status).toBe(201)
  return (await response.json()) as TokenDocument
}

/** A request with a token and nothing else: no cookie, no CSRF token. */
async function send(token: string, path: string, init: RequestInit = {}) {
  const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` }
  const response = await fetch(`${server.url}/server${path}`, { ...init, headers })
  const text = await response.text()
  const body: unknown =
    response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text
  return { status: response.status, headers: response.headers, body }
}

const write = (token: string, path: string, json: unknown, method = 'POST') =>
  send(token, path, {
    method,
    body: JSON.stringify(json),
    headers: { 'content-type': 'application/json' },
  })

describe('a token', () => {
  test('is shown once, and only its digest is kept', async () => {
    const response = await jane.post(TOKENS, { json: { name: ' laptop ', scope: 'read' } })
    expect(response.headers.get('cache-control')).toBe('no-store')
    const made = (await response.json()) as TokenDocument
    expect(made).toMatchObject({
      name: 'laptop',
      scope: 'read',
      token: expect.stringMatching(/^hxp_[0-9A-Za-z]{49}$/),
      lastUsed: null,
      type: 'token',
      _links: {
        self: { href: `${server.api}/authn/tokens/${made.id}` },
        eperson: { href: `${server.api}/eperson/epersons/${janeId}` },
      },
    })
    expect(response.headers.get('location')).toBe(`${server.api}/authn/tokens/${made.id}`)
    expect(Date.parse(made.expires ?? '')).toBe(now + 90 * DAY_MS)
    const seen = await jane.getJson(`${TOKENS}/${made.id}?embed=eperson`)
    expect(seen).toMatchObject({ name: 'laptop', _embedded: { eperson: { email: JANE.email } } })
    expect(seen).not.toHaveProperty('token')
    const rows = await server.repository.database.write.selectFrom('api_token').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(made.token.slice(4))
  })

  test('speaks for its person without a session, cookie or CSRF token', async () => {
    const { token } = await create(jane)
    expect((await send(token, '/api/authn/status')).body).toMatchObject({
      authenticated: true,
      authenticationMethod: 'token',
      _links: { eperson: { href: `${server.api}/eperson/epersons/${janeId}` } },
    })
    expect((await send(token, `/api/eperson/epersons/${janeId}`)).status).toBe(200)
    // The scheme's name is in any case (RFC 9110 section 11.1).
    const headers = { authorization: `bearer ${token}` }
    const response = await fetch(`${server.api}/eperson/epersons/${janeId}`, { headers })
    expect(response.status).toBe(200)
  })

  test('keeps when it was used, to the minute, beside the requests', async () => {
    const { id, token } = await create(jane)
    const lastUsed = async () => (await jane.getJson<TokenDocument>(`${TOKENS}/${id}`)).lastUsed
    const use = () => server.statements(() => send(token, '/api/authn/status'))
    await use()
    await expect.poll(lastUsed).toBe(new Date(now).toISOString().replace('Z', '+00:00'))
    const first = await lastUsed()
    now += 59_000
    expect((await use()).join()).not.toContain('update api_token')
    expect(await lastUsed()).toBe(first)
    now += 2000
    await use()
    await expect.poll(lastUsed).not.toBe(first)
  })

  test('ends when it expires, is revoked, or its person may no longer log in', async () => {
    const status = async (token: string) => (await send(token, `/api/eperson/epersons/${janeId}`)).status
    const short = await create(jane, { expires: new Date(now + 1000).toISOString() })
    const lasting = await create(jane, { expires: null })
    expect([await status(short.token), await status(lasting.token)]).toEqual([200, 200])
    now += 1000
    expect(await status(short.token)).toBe(401)
    now += 10_000 * DAY_MS
    expect(await status(lasting.token)).toBe(200)
    now = Date.now()

    const bar = (value: boolean) =>
      admin.patch(`/api/eperson/epersons/${janeId}`, { json: [{ op: 'replace', path: '/canLogIn', value }] })
    await bar(false)
    expect(await status(lasting.token)).toBe(401)
    await bar(true)
    expect(await status(lasting.token)).toBe(200)

    expect((await jane.delete(`${TOKENS}/${lasting.id}`)).status).toBe(204)
    expect(await status(lasting.token)).toBe(401)
    expect(await refused(jane.get(`${TOKENS}/${lasting.id}`))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test('goes with its person', async () => {
    const account = { ...JANE, email: 'leaving@example.org' }
    const id = await createPerson(admin, account)
    const { token } = await create(server.session(account))
    await admin.delete(`/api/eperson/epersons/${id}`)
    expect((await send(token, '/api')).status).toBe(401)
  })

  test('that is no good is 401 even where visitors may read, but not where its end is asked', async () => {
    const unknown = 'hxp_00000000000000000000000000000000000000000010y2BcQ'
    const { token } = await create(jane)
    for (const bad of [unknown, 'hxp_nonsense', `${token}0`, token.toUpperCase().replace('HXP_', 'hxp_')]) {
      const answer = await send(bad, '/api/core/communities')
      expect(answer.status).toBe(401)
      expect(answer.body).toMatchObject({ code: 'token-invalid', status: 401 })
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
      expect((await send(bad, '/api/authn/status')).body).toMatchObject({ authenticated: false })
      expect((await send(bad, '/api/authn/logout', { method: 'POST' })).status).toBe(204)
    }
  })

  test('is not turned into a session or a download link, and is not taken from an address', async () => {
    const { token } = await create(jane, { scope: 'admin' })
    const login = await send(token, '/api/authn/login', { method: 'POST' })
    expect(login.status).toBe(401)
    expect(login.headers.get('authorization')).toBeNull()
    expect((await send(token, '/api/authn/shortlivedtokens', { method: 'POST' })).status).toBe(401)
    const address = `${server.api}/eperson/epersons/${janeId}?authentication-token=${token}`
    expect((await fetch(address)).status).toBe(401)
  })

  test('needs the CSRF token where a browser sends cookies', async () => {
    const { token } = await create(jane, { scope: 'admin' })
    const session = new RawSession(server.api)
    await session.start()
    session.token = token
    session.csrf = 'another'
    expect((await session.send('POST', '/authn/tokens')).status).toBe(403)
  })
})

describe('the scope of a token', () => {
  let tokens: Readonly<Record<'read' | 'write' | 'admin', string>>
  let collectionId: string
  let groupId: string
  let itemId: string
  beforeAll(async () => {
    const make = async (scope: string) => (await create(admin, { scope })).token
    tokens = { read: await make('read'), write: await make('write'), admin: await make('admin') }
    const build = buildersFor(server.repository)
    collectionId = (await build.collection()).id
    itemId = (await build.item('Item', collectionId)).id
    groupId = (await server.repository.useCases.groups.create(SYSTEM_ACTOR, { name: 'Scoped', metadata: {} }))
      .id
  })

  const title = [{ op: 'add', path: '/metadata/dc.title', value: [{ value: 'Changed' }] }]
  const uris = (address: string) => ({
    method: 'POST',
    body: address,
    headers: { 'content-type': 'text/uri-list' },
  })
  const statuses = async (ask: (token: string) => Promise<{ status: number }>) => {
    const asked = [await ask(tokens.read), await ask(tokens.write), await ask(tokens.admin)]
    return asked.map(({ status }) => status)
  }

  test.each([
    ['reads records', () => `/api/core/items/${itemId}`],
    ['lists all items', () => '/api/core/items'],
    ['searches', () => '/api/discover/search/objects'],
    ['tells who bears it', () => '/api/authn/status?embed=eperson'],
  ])('always %s', async (_what, path) => {
    expect(await statuses((token) => send(token, path()))).toEqual([200, 200, 200])
  })

  test.each([
    [
      'items',
      () => `/api/core/items?owningCollection=${collectionId}`,
      { metadata: {}, inArchive: true },
      201,
    ],
    ['communities', () => '/api/core/communities', { metadata: {} }, 201],
  ])('beyond reading makes %s', async (_what, path, document, made) => {
    expect(await statuses((token) => write(token, path(), document))).toEqual([403, made, made])
  })

  test('beyond reading changes and deletes records', async () => {
    const path = `/api/core/items/${itemId}`
    expect(await statuses((token) => write(token, path, title, 'PATCH'))).toEqual([403, 200, 200])
    const doomed = await buildersFor(server.repository).item('Doomed', collectionId)
    const remove = (token: string) => send(token, `/api/core/items/${doomed.id}`, { method: 'DELETE' })
    expect(await statuses(remove)).toEqual([403, 204, 404])
  })

  test.each([
    ['lists people', () => '/api/eperson/epersons'],
    ['reads other people', () => `/api/eperson/epersons/${janeId}`],
    ['lists groups', () => '/api/eperson/groups'],
    ['reads the groups of roles', () => `/api/core/collections/${collectionId}/adminGroup`],
    ['lists tokens', () => TOKENS],
  ])('admin alone %s', async (_what, path) => {
    const [read, written, whole] = await statuses((token) => send(token, path()))
    expect([read, written]).toEqual([403, 403])
    expect(whole).toBeLessThan(300)
  })

  test.each([
    ['people', () => '/api/eperson/epersons', { email: 'scoped@example.org', metadata: {} }],
    ['groups', () => '/api/eperson/groups', { name: 'Made', metadata: {} }],
    ['groups of roles', () => `/api/core/collections/${collectionId}/adminGroup`, { metadata: {} }],
    [
      'policies',
      () => `/api/authz/resourcepolicies?resource=${itemId}&eperson=${janeId}`,
      { action: 'READ', policyType: 'TYPE_CUSTOM' },
    ],
    ['metadata schemas', () => '/api/core/metadataschemas', { prefix: 'scoped', namespace: 'urn:scoped' }],
    ['tokens', () => TOKENS, { name: 'made by a token', scope: 'admin' }],
  ])('admin alone makes %s', async (_what, path, document) => {
    expect(await statuses((token) => write(token, path(), document))).toEqual([403, 403, 201])
  })

  test('admin alone changes people, memberships and tokens', async () => {
    const person = `/api/eperson/epersons/${janeId}`
    const phone = [{ op: 'add', path: '/metadata/eperson.phone', value: [{ value: '1' }] }]
    expect(await statuses((token) => write(token, person, phone, 'PATCH'))).toEqual([403, 403, 200])
    const members = `/api/eperson/groups/${groupId}/epersons`
    expect(
      await statuses((token) => send(token, members, uris(`${server.api}/eperson/epersons/${janeId}`))),
    ).toEqual([403, 403, 204])
    const { id } = await create(admin)
    const revoke = (token: string) => send(token, `${TOKENS}/${id}`, { method: 'DELETE' })
    expect(await statuses(revoke)).toEqual([403, 403, 204])
    const site = { headers: { 'x-on-behalf-of': janeId } }
    expect(await statuses((token) => send(token, '/api', site))).toEqual([403, 403, 200])
  })

  test('keeps people from changing their own account, a password that they never had among it', async () => {
    const { token } = await create(jane, { scope: 'write' })
    const password = [{ op: 'add', path: '/password', value: { new_password: 'another long one' } }]
    const answer = await write(token, `/api/eperson/epersons/${janeId}`, password, 'PATCH')
    expect(answer).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } })
  })

  test('adds nothing to what the person may', async () => {
    const { token } = await create(jane, { scope: 'admin' })
    expect((await write(token, '/api/core/communities', { metadata: {} })).status).toBe(403)
    expect((await send(token, '/api/eperson/epersons')).status).toBe(403)
  })
})

describe('the tokens of a person', () => {
  test('are listed by pages, to their person and to administrators', async () => {
    const account = { ...JANE, email: 'pages@example.org' }
    const id = await createPerson(admin, account)
    const owner = server.session(account)
    for (const name of ['b', 'C', 'a']) await create(owner, { name })
    const names = async (session: DSpaceSession, path: string) => {
      const list = await session.getJson<{ _embedded: { tokens: TokenDocument[] } }>(path)
      return list._embedded.tokens.map(({ name }) => name)
    }
    expect(await names(owner, TOKENS)).toEqual(['a', 'b', 'C'])
    expect(await names(owner, `${TOKENS}?sort=createdAt,desc&size=2`)).toHaveLength(2)
    expect(await names(admin, `${TOKENS}/search/byEPerson?uuid=${id}`)).toEqual(['a', 'b', 'C'])
    expect(await refused(jane.get(`${TOKENS}/search/byEPerson?uuid=${id}`))).toEqual({
      status: 403,
      code: 'NOT_ALLOWED',
    })
    expect(await refused(server.anonymous().get(TOKENS))).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
  })

  test('are revoked by their person and by administrators alone', async () => {
    const made = await create(jane)
    const other = server.session({ ...JANE, email: 'other@example.org' })
    await createPerson(admin, { ...JANE, email: 'other@example.org' })
    expect(await refused(other.get(`${TOKENS}/${made.id}`))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await refused(other.delete(`${TOKENS}/${made.id}`))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect((await admin.delete(`${TOKENS}/${made.id}`)).status).toBe(204)
    expect((await send(made.token, '/api')).status).toBe(401)
  })

  test.each([
    [
      { name: 'past', expires: '2001-01-01' },
      { status: 422, code: 'INVALID' },
    ],
    [{ name: ' ' }, { status: 422, code: 'INVALID' }],
    [{ name: 'taken' }, { status: 422, code: 'CONFLICT' }],
    [
      { name: 'x', scope: 'everything' },
      { status: 400, code: 'invalid-arguments' },
    ],
    [
      { name: 'x', expires: 'soon' },
      { status: 400, code: 'invalid-arguments' },
    ],
    [{}, { status: 400, code: 'invalid-arguments' }],
  ])('%j is refused', async (json, expected) => {
    if (expected.code === 'CONFLICT') await create(jane, { name: 'taken' })
    expect(await refused(jane.post(TOKENS, { json }))).toEqual(expected)
  })

  test('are not made in the name of somebody acted for', async () => {
    const headers = { 'x-on-behalf-of': janeId }
    const answer = admin.post(TOKENS, { json: { name: 'for jane' }, headers })
    expect(await refused(answer)).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await refused(server.anonymous().post(TOKENS, { json: { name: 'x' } }))).toEqual({
      status: 401,
      code: 'NOT_SIGNED_IN',
    })
  })
})
