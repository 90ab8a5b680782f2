import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RawSession } from './raw-session.ts'

let server: TestServer
let admin: RawSession
let ids: Record<'communities' | 'collections' | 'items' | 'bundles' | 'bitstreams', string>
let handle: string
beforeAll(async () => {
  server = await startTestServer()
  const build = buildersFor(server.repository)
  const community = await build.community()
  const collection = await build.collection('A collection', community.id)
  const item = await build.item('An item', collection.id)
  const bundle = await build.bundle(item.id)
  const bitstream = await build.file(bundle.id)
  handle = item.handle
  ids = {
    communities: community.id,
    collections: collection.id,
    items: item.id,
    bundles: bundle.id,
    bitstreams: bitstream.id,
  }
  admin = new RawSession(server.api)
  await admin.logIn({ email: 'admin@example.org', password: 'correct horse battery staple' })
})
afterAll(() => server.stop())

const find = async (path: string, session = new RawSession(server.api)) => {
  const response = await session.send('GET', path)
  const body = (await response.text()) || '{}'
  return {
    status: response.status,
    location: response.headers.get('location'),
    code: (JSON.parse(body) as { code?: string }).code,
  }
}

test('the root tells how to find: templates that clients fill in', async () => {
  expect(await (await fetch(server.api)).json()).toMatchObject({
    _links: {
      dso: { href: `${server.api}/dso/find{?uuid}` },
      pid: { href: `${server.api}/pid/find{?id}` },
    },
  })
})

test('a uuid leads to the resource, whatever it is', async () => {
  for (const [plural, id] of Object.entries(ids)) {
    const location = `${server.api}/core/${plural}/${id}`
    expect(await find(`/dso/find?uuid=${id}`)).toMatchObject({ status: 302, location })
    expect((await fetch(`${server.api}/dso/find?uuid=${id.toUpperCase()}`)).url).toBe(location)
  }
})

test('people and groups are found by those who may see them', async () => {
  const status = (await admin.json('/authn/status')) as { _links: { eperson: { href: string } } }
  const location = status._links.eperson.href
  const path = `/dso/find?uuid=${location.slice(-36)}`
  expect(await find(path, admin)).toMatchObject({ status: 302, location })
  expect(await find(path)).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' })
})

test.each([
  ['as itself', (text: string) => text],
  ['with hdl:', (text: string) => `hdl:${text}`],
  ['of the resolver', (text: string) => `https://hdl.handle.net/${text}`],
])('a handle %s leads to the resource', async (_case, write) => {
  expect(await find(`/pid/find?id=${encodeURIComponent(write(handle))}`)).toMatchObject({
    status: 302,
    location: `${server.api}/core/items/${ids.items}`,
  })
})

test.each([
  ['/dso/find', 400, 'argument-invalid'],
  ['/dso/find?uuid=', 400, 'argument-invalid'],
  ['/dso/find?uuid=12', 400, 'argument-invalid'],
  ['/dso/find?uuid=00000000-0000-4000-8000-00000000dead', 404, 'NOT_FOUND'],
  ['/pid/find', 400, 'argument-missing'],
  ['/pid/find?id=', 400, 'argument-missing'],
  ['/pid/find?id=123456789%2F999999', 404, 'NOT_FOUND'],
  ['/pid/find?id=doi%3A10.1000%2F182', 404, 'NOT_FOUND'],
])('%s is %i', async (path, status, code) => {
  expect(await find(path)).toMatchObject({ status, code })
})
