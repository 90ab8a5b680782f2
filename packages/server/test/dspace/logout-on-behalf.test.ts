import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPerson, RawSession } from './raw-session.ts'

const reader = { email: 'reader@example.org', password: 'correct horse battery staple' }
let server: TestServer
let readerId: string

beforeAll(async () => {
  server = await startTestServer()
  readerId = await createPerson(server.session(), reader)
})
afterAll(() => server.stop())

async function loggedIn(account: { email: string; password: string }): Promise<RawSession> {
  const session = new RawSession(server.api)
  await session.logIn(account)
  return session
}

const isSignedIn = async (session: RawSession, headers = {}) =>
  ((await session.json('/authn/status', { headers })) as { authenticated: boolean }).authenticated

test('logging out while acting for somebody ends the sessions of who acts, not of whom it is for', async () => {
  const [admin, elsewhere, own] = [
    await loggedIn(ADMINISTRATOR),
    await loggedIn(ADMINISTRATOR),
    await loggedIn(reader),
  ]
  const onBehalf = { 'x-on-behalf-of': readerId }
  expect(await isSignedIn(admin, onBehalf)).toBe(true)

  expect((await admin.send('POST', '/authn/logout', { headers: onBehalf })).status).toBe(204)
  expect(await isSignedIn(admin)).toBe(false)
  expect(await isSignedIn(elsewhere)).toBe(false)
  expect(await isSignedIn(own)).toBe(true)
  expect((await admin.send('GET', '/authn/status', { headers: onBehalf })).status).toBe(401)
})
