import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR } from '@hexapla/repository'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administratorClient, type IslandoraClient } from './islandora-client.ts'

let server: TestServer
let islandora: IslandoraClient
let dspace: DSpaceSession
beforeAll(async () => {
  server = await startTestServer()
  islandora = await administratorClient(server)
  dspace = server.session()
})
afterAll(() => server.stop())

interface DSpaceDocument {
  readonly uuid: string
  readonly name: string
  readonly handle: string
}

const create = async (kind: 'communities' | 'collections', parent?: string): Promise<DSpaceDocument> => {
  const path = `/api/core/${kind}${parent === undefined ? '' : `?parent=${parent}`}`
  const response = await dspace.post(path, {
    json: { metadata: { 'dc.title': [{ value: `One of ${kind}` }] } },
  })
  return (await response.json()) as DSpaceDocument
}
const pidOf = async (uuid: string): Promise<string> => {
  const { json } = await islandora.send('GET', `solr/*:*?fl=PID&rows=1000`)
  const { docs } = (json as { response: { docs: { PID: string }[] } }).response
  for (const { PID } of docs) {
    const { record } = await server.repository.useCases.objects.read(SYSTEM_ACTOR, PID)
    if (record.id === uuid) return PID
  }
  throw new Error(`No object is ${uuid}`)
}
const uuidOf = async (pid: string) =>
  (await server.repository.useCases.objects.read(SYSTEM_ACTOR, pid)).record.id
const objectOf = async (pid: string) => (await islandora.send('GET', `object/${pid}`)).json
const relate = (method: 'POST' | 'DELETE', pid: string, predicate: string, object: string) =>
  islandora.json(method, `object/${pid}/relationship`, { predicate, object })
const parentsOf = async (pid: string): Promise<string[]> => {
  const { json } = await islandora.send('GET', `object/${pid}/relationship?predicate=isMemberOfCollection`)
  return (json as { object: { value: string } }[]).map(({ object }) => object.value)
}

describe('communities and collections are objects with models', () => {
  test('those of DSpace have pids, models and places', async () => {
    const top = await create('communities')
    const below = await create('communities', top.uuid)
    const collection = await create('collections', below.uuid)
    const [topPid, belowPid, collectionPid] = await Promise.all(
      [top, below, collection].map(({ uuid }) => pidOf(uuid)),
    )
    expect(await objectOf(topPid ?? '')).toMatchObject({
      label: 'One of communities',
      models: ['islandora:collectionCModel', 'hexapla:communityCModel'],
    })
    expect(await objectOf(collectionPid ?? '')).toMatchObject({ models: ['islandora:collectionCModel'] })
    expect(await parentsOf(topPid ?? '')).toEqual([])
    expect(await parentsOf(belowPid ?? '')).toEqual([topPid])
    expect(await parentsOf(collectionPid ?? '')).toEqual([belowPid])
  })

  test('those that are made by models are in the lists of DSpace, with a handle; a pid that was given is kept', async () => {
    await islandora.form('POST', 'object', { pid: 'maps:all', label: 'Maps' })
    await relate('POST', 'maps:all', 'hasModel', 'hexapla:communityCModel')
    await islandora.form('POST', 'object', { pid: 'maps:old', label: 'Old maps' })
    await relate('POST', 'maps:old', 'isMemberOfCollection', 'maps:all')
    await relate('POST', 'maps:old', 'hasModel', 'islandora:collectionCModel')
    const [community, collection] = [await uuidOf('maps:all'), await uuidOf('maps:old')]
    expect(await dspace.getJson(`/api/core/communities/${community}/collections`)).toMatchObject({
      _embedded: {
        collections: [
          { uuid: collection, name: 'Old maps', handle: expect.stringMatching(/^123456789\/\d+$/) },
        ],
      },
    })
    expect((await islandora.form('POST', 'object', { pid: 'maps:old' })).status).toBe(409)
    const { handle } = await dspace.getJson<DSpaceDocument>(`/api/core/collections/${collection}`)
    const found = await dspace.getJson<DSpaceDocument>(`/api/pid/find?id=hdl:${handle}`)
    expect(found.uuid).toBe(collection)
  })

  test('label and name', async () => {
    const community = await create('communities')
    const pid = await pidOf(community.uuid)
    await islandora.json('PUT', `object/${pid}`, { label: 'By label' })
    expect((await dspace.getJson<DSpaceDocument>(`/api/core/communities/${community.uuid}`)).name).toBe(
      'By label',
    )
    await dspace.patch(`/api/core/communities/${community.uuid}`, {
      json: [{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'By name' }],
    })
    expect(await objectOf(pid)).toMatchObject({ label: 'By name' })
  })

  test('items that DSpace deposits in a collection made by its model are its members, and the other way round', async () => {
    const { pid } = (await islandora.form('POST', 'object', { label: 'A collection' })).json as {
      pid: string
    }
    await relate('POST', pid, 'hasModel', 'islandora:collectionCModel')
    const collection = await uuidOf(pid)
    const response = await dspace.post(`/api/core/items?owningCollection=${collection}`, {
      json: {
        name: 'An item',
        metadata: { 'dc.title': [{ value: 'An item' }] },
        inArchive: true,
        discoverable: true,
        withdrawn: false,
        type: 'item',
      },
    })
    const item = (await response.json()) as DSpaceDocument
    expect(await parentsOf(await pidOf(item.uuid))).toEqual([pid])
    const { pid: member } = (await islandora.form('POST', 'object', { label: 'A member' })).json as {
      pid: string
    }
    await relate('POST', member, 'isMemberOfCollection', pid)
    const owner = await dspace.getJson<DSpaceDocument>(
      `/api/core/items/${await uuidOf(member)}/owningCollection`,
    )
    expect(owner.uuid).toBe(collection)
  })

  test('what is deleted in one is not there in the other', async () => {
    const community = await create('communities')
    const [one, other] = [
      await create('collections', community.uuid),
      await create('collections', community.uuid),
    ]
    const otherPid = await pidOf(other.uuid)
    await islandora.send('DELETE', `object/${await pidOf(one.uuid)}`)
    await expect(dspace.get(`/api/core/collections/${one.uuid}`)).rejects.toMatchObject({ status: 404 })
    await dspace.delete(`/api/core/collections/${other.uuid}`)
    expect((await islandora.send('GET', `object/${otherPid}`)).status).toBe(404)
  })

  test('a collection that moves is in the other community in both', async () => {
    const [here, there] = [await create('communities'), await create('communities')]
    const collection = await create('collections', here.uuid)
    const pid = await pidOf(collection.uuid)
    await relate('DELETE', pid, 'isMemberOfCollection', await pidOf(here.uuid))
    await relate('POST', pid, 'isMemberOfCollection', await pidOf(there.uuid))
    const listed = async (uuid: string) =>
      JSON.stringify(await dspace.getJson(`/api/core/communities/${uuid}/collections`)).includes(
        collection.uuid,
      )
    expect([await listed(here.uuid), await listed(there.uuid)]).toEqual([false, true])
  })
})
