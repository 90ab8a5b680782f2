import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

// `%73` is `s` and `%69` is `i` (RFC 3986 section 2.3): to the router these are the addresses of the dialects.
test.each([
  ['/%73erver/api/core/communities', 200, { page: { number: 0 } }],
  ['/%73erver/api/eperson/epersons', 401, { status: 401, code: 'NOT_SIGNED_IN' }],
  ['/%69slandora/rest/v1/solr/nothing', 200, { response: { numFound: 0 } }],
  ['/%69slandora/rest/v1/object/no:1', 404, { message: expect.stringMatching(/no:1/) }],
])('an address is the same however it is written: %s', async (path, status, document) => {
  const response = await fetch(server.url + path)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject(document)
})
