import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { PERMISSIONS } from '@hexapla/repository'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administratorClient, islandoraClient, type IslandoraClient } from './islandora-client.ts'

interface Described {
  readonly name: string
  readonly versions: Readonly<Record<string, string>>
  readonly namespaces: unknown
  readonly objects: Readonly<
    Record<'communities' | 'collections' | 'items', { count: number; exact: boolean }>
  >
  readonly user: { readonly name: string | null; readonly permissions: readonly string[] }
  readonly links: Readonly<Record<string, string>>
}

let server: TestServer
let admin: IslandoraClient
beforeAll(async () => {
  server = await startTestServer({ HEXAPLA_NAME: 'A repository' })
  admin = await administratorClient(server)
})
afterAll(() => server.stop())

const describeFor = async (client: IslandoraClient, path = ''): Promise<Described> => {
  const { status, json } = await client.send('GET', path)
  expect(status).toBe(200)
  return json as Described
}

describe('the root of the dialect', () => {
  test('tells name, versions, namespaces, and what the caller may do', async () => {
    const told = await describeFor(islandoraClient(server))
    expect(told).toMatchObject({
      name: 'A repository',
      versions: { rest: 'v1', hexapla: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      namespaces: { default: 'hexapla', restrictedTo: [] },
      user: { name: null },
    })
    expect(told.user.permissions).toHaveLength(5)
    expect((await describeFor(admin)).user).toEqual({ name: ADMINISTRATOR.email, permissions: PERMISSIONS })
  })

  test('is there without a slash at its end, too', async () => {
    expect(await describeFor(admin, '/islandora/rest/v1')).toEqual(await describeFor(admin))
    expect((await admin.send('POST', '')).status).toBe(405)
  })

  test('counts what the caller may see, as of now', async () => {
    const before = (await describeFor(admin)).objects
    const build = buildersFor(server.repository)
    const community = await build.community('Community')
    const collection = await build.collection('Collection', community.id)
    await build.item('Item', collection.id)
    const { pid } = (await admin.send('POST', 'object')).json as { pid: string }
    const open = (await describeFor(islandoraClient(server))).objects
    const { objects } = await describeFor(admin)
    expect(objects).toEqual({
      communities: { count: before.communities.count + 1, exact: true },
      collections: { count: before.collections.count + 1, exact: true },
      items: { count: before.items.count + 2, exact: true },
    })
    expect((await admin.json('PUT', `object/${pid}`, { state: 'D' })).status).toBe(200)
    expect((await describeFor(islandoraClient(server))).objects.items.count).toBe(open.items.count - 1)
    expect((await describeFor(admin)).objects).toEqual(objects)
  })

  test('leads to addresses that are there', async () => {
    const { links } = await describeFor(admin)
    const { pid } = (await admin.send('POST', 'object')).json as { pid: string }
    const statuses: Record<string, number> = {}
    for (const [name, template] of Object.entries(links)) {
      const address = template
        .replace(/\{\?.*\}$/, '')
        .replace('{pid}', pid)
        .replace('{dsid}', 'DC')
        .replace('{query}', '*:*')
      statuses[name] = (await fetch(address)).status
    }
    // Where only POST is possible, GET is 405; permissions are for administrators.
    expect(statuses).toEqual({
      self: 200,
      objects: 405,
      object: 200,
      relationships: 200,
      datastreams: 405,
      datastream: 200,
      solr: 200,
      permissions: 401,
      login: 405,
      openapi: 200,
    })
  })

  test('costs a statement for each kind, and one that asks whether the index is in step', async () => {
    const client = islandoraClient(server)
    await describeFor(client)
    expect(await server.statements(() => describeFor(client))).toHaveLength(4)
  })
})
