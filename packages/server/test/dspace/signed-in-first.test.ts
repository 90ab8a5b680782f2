import { RestServer } from '@hexapla/rest'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { RawSession } from './raw-session.ts'

/** Visitors are told to sign in before anybody looks at what they send. */

const VERBS = ['post', 'put', 'patch', 'delete'] as const

let server: TestServer
let visitor: RawSession
/** Every verb that changes something, at an address of each route. */
let writes: [method: string, path: string][]

beforeAll(async () => {
  const addRoute = vi.spyOn(RestServer.prototype, 'addRoute')
  server = await startTestServer()
  writes = addRoute.mock.calls
    .filter(([pattern]) => pattern.startsWith('/server/'))
    .flatMap(([pattern, Handler]) =>
      VERBS.filter((verb) => verb in Handler.prototype).map((verb): [string, string] => [
        verb.toUpperCase(),
        pattern.replaceAll(/:\w+/g, '00000000-0000-4000-8000-00000000dead'),
      ]),
    )
  addRoute.mockRestore()
  visitor = new RawSession(server.url)
  await visitor.send('GET', '/server/api/security/csrf')
})
afterAll(() => server.stop())

test('whatever changes something is 401 for visitors, however malformed what they send', async () => {
  const refused: string[] = []
  const others: string[] = []
  for (const [method, path] of writes) {
    const response = await visitor.send(method, path, {
      headers: { 'content-type': 'application/json' },
      body: '{ "malformed',
    })
    const { code } = (await response.json().catch(() => ({}))) as { code?: string }
    const isRefusal = response.status === 401 && response.headers.get('www-authenticate') !== null
    const list = isRefusal && code === 'NOT_SIGNED_IN' ? refused : others
    list.push(`${method} ${path} ${response.status}`)
  }
  expect(refused.length).toBeGreaterThan(60)
  expect(others.toSorted()).toEqual(['POST /server/api/authn/login 401', 'POST /server/api/authn/logout 204'])
})

test('what an address does not know stays 405', async () => {
  expect((await visitor.send('DELETE', '/server/api/discover')).status).toBe(405)
  expect((await visitor.send('POST', '/server/api/nothing')).status).toBe(404)
})
