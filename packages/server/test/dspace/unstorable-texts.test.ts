import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

// PostgreSQL has no U+0000, and callers can send it wherever there is text.
test.each([
  '/api/core/metadatafields/search/byFieldName?query=a%00b',
  '/api/core/items/search/findByCustomURL?q=a%00b',
  '/api/core/entitytypes/label/a%00b',
  '/api/discover/search/objects?query=a%00b',
])('%s is the fault of the caller', async (path) => {
  await expect(server.session().getJson(path)).rejects.toMatchObject({
    status: 422,
    body: { code: 'INVALID' },
  })
})

test('metadata with U+0000 are refused and change nothing', async () => {
  const item = await buildersFor(server.repository).item('Whole')
  const patch = [{ op: 'replace', path: '/metadata/dc.title/0', value: 'a\u0000b' }]
  const path = `/api/core/items/${item.id}`
  await expect(server.session().patch(path, { json: patch })).rejects.toMatchObject({
    status: 422,
    body: { code: 'INVALID' },
  })
  expect(await server.session().getJson(path)).toMatchObject({ name: 'Whole' })
})
