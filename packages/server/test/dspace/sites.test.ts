import type { DSpaceSession } from '@hexapla/client'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'

interface Sites {
  readonly _embedded: { readonly sites: readonly { uuid: string }[] }
}

let server: TestServer
let admin: DSpaceSession
let path: string

beforeAll(async () => {
  server = await startTestServer()
  admin = server.session()
  const { _embedded: embedded } = await server.anonymous().getJson<Sites>('/api/core/sites')
  path = `/api/core/sites/${embedded.sites[0]?.uuid}`
})
afterAll(() => server.stop())

test('there is exactly one site, which everybody may see', async () => {
  const list = await server.anonymous().getJson('/api/core/sites')
  expect(list).toMatchObject({
    page: { totalElements: 1, totalPages: 1, number: 0, size: 20 },
    _embedded: { sites: [{ type: 'site', _links: { self: { href: server.url + '/server' + path } } }] },
  })
  const beyond = await server.anonymous().getJson<Partial<Sites>>('/api/core/sites?page=1')
  expect(beyond._embedded).toBeUndefined()
  expect(await admin.getJson(path)).toMatchObject({ type: 'site', uniqueType: 'core.site' })
})

test('nothing else is a site', async () => {
  const other = '/api/core/sites/00000000-0000-4000-8000-00000000dead'
  expect(await refused(admin.get(other))).toEqual({ status: 404, code: 'NOT_FOUND' })
  expect(await refused(admin.patch(other, { json: [] }))).toEqual({ status: 404, code: 'NOT_FOUND' })
})

test('administrators change its metadata, and nobody else', async () => {
  const json = [{ op: 'add', path: '/metadata/dc.description', value: [{ value: 'Ours' }] }]
  const etag = (await admin.get(path)).headers.get('etag') ?? ''
  const changed = await admin.patch(path, { json, headers: { 'if-match': etag } })
  expect(await changed.json()).toMatchObject({ metadata: { 'dc.description': [{ value: 'Ours' }] } })
  expect(await refused(admin.patch(path, { json, headers: { 'if-match': etag } }))).toEqual({
    status: 412,
    code: 'VERSION_CONFLICT',
  })
  const account = { email: 'somebody@example.org', password: 'a long enough passphrase' }
  await createPerson(admin, account)
  expect(await refused(server.session(account).patch(path, { json }))).toEqual({
    status: 403,
    code: 'NOT_ALLOWED',
  })
})
