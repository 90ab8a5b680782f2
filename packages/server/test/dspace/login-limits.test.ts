import { ADMINISTRATOR_GROUP } from '@hexapla/repository'
import type { DSpaceSession } from '@hexapla/client'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson, RawSession } from './raw-session.ts'
import { refused } from './refused.ts'

const PASSWORD = 'a long enough passphrase'
const MEMBERS = `/api/eperson/groups/${ADMINISTRATOR_GROUP}/epersons`
const lastOne = { status: 422, code: 'INVALID' }

let server: TestServer
let now: number
let admin: DSpaceSession
let adminId: string
beforeAll(async () => {
  now = Date.now()
  server = await startTestServer({}, { clock: () => new Date(now) })
  admin = server.session()
  adminId = String((await admin.whoAmI())?.['id'])
})
afterAll(() => server.stop())

describe('guessing passwords', () => {
  test('is stopped after ten failures, for the account alone, and for a quarter of an hour', async () => {
    const account = { email: 'guessed@example.org', password: PASSWORD }
    await createPerson(admin, account)
    const guess = (password: string) => new RawSession(server.api).logIn({ ...account, password })
    for (let count = 0; count < 10; count += 1) expect((await guess(`guess ${count}`)).status).toBe(401)
    const stopped = await guess(PASSWORD)
    expect(stopped.status).toBe(429)
    expect(await stopped.json()).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', status: 429 })
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(890)
    expect((await new RawSession(server.api).logIn(ADMINISTRATOR)).status).toBe(200)
    now += 15 * 60_000
    expect((await guess(PASSWORD)).status).toBe(200)
  })
})

describe('the last administrator', () => {
  test('cannot be taken out of the group, deleted or barred', async () => {
    expect(await refused(admin.delete(`${MEMBERS}/${adminId}`))).toEqual(lastOne)
    expect(await refused(admin.delete(`/api/eperson/epersons/${adminId}`))).toEqual(lastOne)
    const bar = [{ op: 'replace', path: '/canLogIn', value: false }]
    expect(await refused(admin.patch(`/api/eperson/epersons/${adminId}`, { json: bar }))).toEqual(lastOne)
    expect(await admin.getJson('/api/authn/status')).toMatchObject({ authenticated: true })
  })

  test('may go when another one is left, also one in a group within', async () => {
    const second = { email: 'second@example.org', password: PASSWORD }
    const secondId = await createPerson(admin, second)
    const made = await admin.post('/api/eperson/groups', { json: { name: 'Operators', metadata: {} } })
    const { id } = (await made.json()) as { id: string }
    const uris = { 'content-type': 'text/uri-list' }
    const add = (path: string, uri: string) =>
      admin.post(path, { body: `${server.api}/${uri}`, headers: uris })
    await add(`/api/eperson/groups/${id}/epersons`, `eperson/epersons/${secondId}`)
    await add(`/api/eperson/groups/${ADMINISTRATOR_GROUP}/subgroups`, `eperson/groups/${id}`)
    const other = server.session(second)
    expect((await other.delete(`${MEMBERS}/${adminId}`)).status).toBe(204)
    const within = `/api/eperson/groups/${ADMINISTRATOR_GROUP}/subgroups/${id}`
    expect(await refused(other.delete(within))).toEqual(lastOne)
    expect(await refused(other.delete(`/api/eperson/groups/${id}`))).toEqual(lastOne)
    expect(await refused(other.delete(`/api/eperson/groups/${id}/epersons/${secondId}`))).toEqual(lastOne)
  })
})
