import { decodeJwt } from 'jose'
import { SYSTEM_ACTOR } from '@hexapla/repository'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTokens } from '../../src/dspace/authn/tokens.ts'
import { createPerson, RawSession } from './raw-session.ts'

const ACCOUNT = { email: 'reader@example.org', password: 'a long enough passphrase' }

let server: TestServer
let now: number
let reader: RawSession
let readerId: string
beforeAll(async () => {
  now = Date.now()
  server = await startTestServer({}, { clock: () => new Date(now) })
  readerId = await createPerson(server.session(), ACCOUNT)
})
beforeEach(async () => {
  now = Date.now()
  reader = new RawSession(server.api)
  await reader.logIn(ACCOUNT)
})
afterAll(() => server.stop())

const statusOf = async (response: Promise<Response>) => (await response).status

describe('a short-lived token', () => {
  const shortLived = async () => {
    const response = await reader.send('POST', '/authn/shortlivedtokens')
    expect(response.status).toBe(200)
    const document = (await response.json()) as { token: string }
    expect(document).toMatchObject({
      type: 'shortlivedtoken',
      _links: { self: { href: `${server.api}/authn/shortlivedtokens` } },
    })
    return document.token
  }
  const me = (token: string) =>
    fetch(`${server.api}/eperson/epersons/${readerId}?authentication-token=${token}`)

  test('opens what its person may read, for two seconds', async () => {
    const token = await shortLived()
    expect(decodeJwt(token)).toMatchObject({ eid: readerId, sg: [], exp: Math.floor(now / 1000) + 2 })
    const opened = await me(token)
    expect(opened.status).toBe(200)
    expect(await opened.text()).not.toContain(token)
    now += 3000
    expect(await statusOf(me(token))).toBe(401)
  })

  test('opens the content of a file that only its person may read', async () => {
    const build = buildersFor(server.repository)
    const { id } = await build.file(
      (await build.bundle((await build.item()).id)).id,
      'a.txt',
      'for one reader',
    )
    const { database, useCases } = server.repository
    await database.write.deleteFrom('resource_policy').where('resource_id', '=', id).execute()
    await useCases.access.grantPolicy(SYSTEM_ACTOR, {
      resourceId: id,
      action: 'READ',
      to: { personId: readerId },
    })
    const content = `${server.api}/core/bitstreams/${id}/content`
    expect(await statusOf(fetch(content))).toBe(401)
    const opened = await fetch(`${content}?authentication-token=${await shortLived()}`)
    expect([opened.status, await opened.text()]).toEqual([200, 'for one reader'])
    expect(await statusOf(fetch(`${content}?authentication-token=nonsense`))).toBe(401)
  })

  test('neither signs in nor makes another', async () => {
    const token = await shortLived()
    const visitor = new RawSession(server.api)
    await visitor.start()
    // `%61` is `a`, and to the router the address is the same.
    for (const path of [
      '/authn/login',
      '/%61uthn/login',
      '/authn/shortlivedtokens',
      '/%61uthn/shortlivedtokens',
    ]) {
      expect(await statusOf(visitor.send('POST', `${path}?authentication-token=${token}`))).toBe(401)
    }
  })

  test('is no bearer token, and a bearer token is no short-lived one', async () => {
    const token = await shortLived()
    expect(await statusOf(me(reader.token ?? ''))).toBe(401)
    reader.token = token
    expect(await reader.json('/authn/status')).toMatchObject({ authenticated: false })
  })

  test('is for those who have signed in', async () => {
    const visitor = new RawSession(server.api)
    await visitor.start()
    const response = await visitor.send('POST', '/authn/shortlivedtokens')
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('password realm=')
  })
})

describe('a token', () => {
  test('still holds after twenty-nine minutes, and does not after thirty-one', async () => {
    now += 29 * 60_000
    expect(await reader.json('/authn/status')).toMatchObject({ authenticated: true })
    now += 2 * 60_000
    expect(await reader.json('/authn/status')).toMatchObject({ authenticated: false })
    expect(await statusOf(reader.send('GET', `/eperson/epersons/${readerId}`))).toBe(401)
  })

  test.each([
    ['of another secret', async (token: string) => forge(token)],
    ['with changed claims', async (token: string) => tamper(token)],
    ['without a signature', async (token: string) => unsign(token)],
    ['that is none', async () => 'nonsense'],
  ])('%s makes nobody', async (_case, change) => {
    reader.token = await change(reader.token ?? '')
    const response = await reader.send('GET', '/authn/status')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ authenticated: false })
    expect(await statusOf(reader.send('GET', `/eperson/epersons/${readerId}`))).toBe(401)
  })

  test('may bring special groups, which the status shows', async () => {
    const admin = server.session()
    const made = await admin.post('/api/eperson/groups', { json: { name: 'On campus', metadata: {} } })
    const { id } = (await made.json()) as { id: string }
    const { eid, ses } = decodeJwt<{ eid: string; ses: string }>(reader.token ?? '')
    const tokens = createTokens({
      secret: await server.repository.secret('dspace-token'),
      lifetimeSeconds: 60,
      clock: () => new Date(now),
    })
    reader.token = await tokens.issue({ personId: eid, sessionId: ses, specialGroupIds: [id] })
    const group = { id, name: 'On campus', type: 'group' }
    expect(await reader.json('/authn/status/specialGroups?page=0&size=1')).toMatchObject({
      _embedded: { specialGroups: [group] },
      page: { totalElements: 1, totalPages: 1, number: 0, size: 1 },
    })
    expect(await reader.json('/authn/status?embed=specialGroups')).toMatchObject({
      _embedded: { specialGroups: { page: { totalElements: 1 } } },
    })
  })

  function forge(token: string): Promise<string> {
    const { eid, ses } = decodeJwt<{ eid: string; ses: string }>(token)
    const secret = new Uint8Array(32)
    const tokens = createTokens({ secret, lifetimeSeconds: 60, clock: () => new Date(now) })
    return tokens.issue({ personId: eid, sessionId: ses })
  }

  function tamper(token: string): string {
    const [header = '', , signature = ''] = token.split('.')
    const claims = { ...decodeJwt(token), eid: '00000000-0000-4000-8000-00000000dead' }
    return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
  }

  function unsign(token: string): string {
    const [, claims = ''] = token.split('.')
    return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`
  }
})

describe('acting on behalf of somebody', () => {
  const status = (session: RawSession, personId: string) =>
    session.send('GET', '/authn/status', { headers: { 'x-on-behalf-of': personId } })

  test('works for administrators', async () => {
    const admin = new RawSession(server.api)
    await admin.logIn(ADMINISTRATOR)
    expect(await (await status(admin, readerId)).json()).toMatchObject({
      authenticated: true,
      _links: { eperson: { href: `${server.api}/eperson/epersons/${readerId}` } },
    })
    const list = { headers: { 'x-on-behalf-of': readerId } }
    expect(await statusOf(admin.send('GET', '/eperson/groups', list))).toBe(403)
  })

  test('is 400 for somebody who does not exist, 403 for others than administrators', async () => {
    const admin = new RawSession(server.api)
    await admin.logIn(ADMINISTRATOR)
    expect(await statusOf(status(admin, 'not-a-uuid'))).toBe(400)
    expect(await statusOf(status(admin, '00000000-0000-4000-8000-00000000dead'))).toBe(400)
    expect(await statusOf(status(reader, readerId))).toBe(403)
    expect(await statusOf(status(new RawSession(server.api), readerId))).toBe(401)
    const self = decodeJwt<{ eid: string }>(admin.token ?? '').eid
    expect(await statusOf(status(admin, self))).toBe(403)
  })
})
