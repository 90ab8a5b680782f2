import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('the root names its endpoints to everybody', async () => {
  const response = await fetch(server.api)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ type: 'root', _links: { self: { href: server.api } } })
})

test('a list of all items is for administrators', async () => {
  expect((await fetch(`${server.api}/core/items`)).status).toBe(401)
  expect(await server.session().getJson('/api/core/items')).toMatchObject({
    page: { totalElements: 0, number: 0 },
  })
})
