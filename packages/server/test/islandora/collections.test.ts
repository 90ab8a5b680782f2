import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR } from '@hexapla/repository'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import {
  administratorClient,
  basic,
  islandoraClient,
  tokenOf,
  type IslandoraClient,
} from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }
const COLLECTION = { predicate: 'hasModel', object: 'islandora:collectionCModel' }
const COMMUNITY = { predicate: 'hasModel', object: 'hexapla:communityCModel' }

let server: TestServer
let islandora: IslandoraClient
let jane: IslandoraClient
let dspace: DSpaceSession
let build: ReturnType<typeof buildersFor>
beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  islandora = await administratorClient(server)
  dspace = server.session()
  await createPerson(dspace, JANE)
  jane = islandoraClient(server, basic(JANE.email, await tokenOf(server, 'write', JANE)))
})
afterAll(() => server.stop())

const newObject = async (fields: Record<string, string> = {}): Promise<string> =>
  ((await islandora.form('POST', 'object', { label: 'An object', ...fields })).json as { pid: string }).pid
const add = (pid: string, fields: Record<string, string>, client = islandora) =>
  client.form('POST', `object/${pid}/relationship`, fields)
const remove = (pid: string, fields: Record<string, unknown>) =>
  islandora.json('DELETE', `object/${pid}/relationship`, fields)
const memberOf = (object: string) => ({ predicate: 'isMemberOfCollection', object })
const objectOf = async (pid: string) => (await islandora.send('GET', `object/${pid}`)).json
const parentsOf = async (pid: string): Promise<string[]> => {
  const { json } = await islandora.send('GET', `object/${pid}/relationship?predicate=isMemberOfCollection`)
  return (json as { object: { value: string } }[]).map(({ object }) => object.value)
}
const recordOf = async (pid: string) =>
  (await server.repository.useCases.objects.read(SYSTEM_ACTOR, pid)).record
const file = (dsid: string) => ({ dsid, file: new File(['content'], 'a.txt', { type: 'text/plain' }) })
/** Where DSpace has a record, and what it says of it. */
const seenAt = async (kind: string, uuid: string) => {
  const response = await dspace.get(`/api/core/${kind}/${uuid}`).catch(() => undefined)
  return response === undefined ? undefined : ((await response.json()) as { name: string; handle: string })
}

describe('an object becomes a collection by its model', () => {
  test('in the default community, which is made for it; uuid, handle and pid stay', async () => {
    const pid = await newObject()
    const before = await recordOf(pid)
    expect((await add(pid, COLLECTION)).status).toBe(201)
    const { id, handle } = await recordOf(pid)
    expect({ id, handle, pid }).toEqual({ id: before.id, handle: before.handle, pid: before.pid })
    expect(await objectOf(pid)).toMatchObject({
      label: 'An object',
      models: ['islandora:collectionCModel'],
      state: 'A',
    })
    expect(await seenAt('items', id)).toBeUndefined()
    expect(await seenAt('collections', id)).toMatchObject({ name: 'An object', handle })
    expect(await parentsOf(pid)).toEqual(['islandora:root'])
    const root = await recordOf('islandora:root')
    expect(await seenAt('communities', root.id)).toMatchObject({ name: 'Top-level Collection' })
    expect(await objectOf('islandora:root')).toMatchObject({
      models: ['islandora:collectionCModel', 'hexapla:communityCModel'],
    })
    expect(await dspace.getJson(`/api/core/collections/${id}/parentCommunity`)).toMatchObject({
      uuid: root.id,
    })
  })

  test('in the community that its membership names, said before or with it or after it', async () => {
    const community = await build.community()
    const [before, withIt, after] = [await newObject(), await newObject(), await newObject()]
    expect((await add(before, memberOf(community.pid))).status).toBe(201)
    expect(await parentsOf(before)).toEqual([community.pid])
    expect((await recordOf(before)).kind).toBe('item')
    await add(before, COLLECTION)
    const xml = (pid: string) => `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:m="info:fedora/fedora-system:def/model#" xmlns:r="info:fedora/fedora-system:def/relations-external#">
      <rdf:Description rdf:about="info:fedora/${pid}">
        <r:isMemberOfCollection rdf:resource="info:fedora/${community.pid}"/>
        <m:hasModel rdf:resource="info:fedora/islandora:collectionCModel"/>
      </rdf:Description></rdf:RDF>`
    const answer = await islandora.send('PUT', `object/${withIt}/datastream/RELS-EXT`, {
      body: xml(withIt),
      headers: { 'content-type': 'application/rdf+xml' },
    })
    expect(answer.status).toBe(200)
    await add(after, COLLECTION)
    await add(after, memberOf(community.pid))
    for (const pid of [before, withIt, after]) {
      expect(await recordOf(pid)).toMatchObject({ kind: 'collection', parentId: community.id })
      expect(await parentsOf(pid)).toEqual([community.pid])
    }
  })

  test('objects are members of it, readable by whom the object was; searches know it as what it is', async () => {
    const collection = await newObject({ label: 'Xylotheque' })
    await add(collection, COLLECTION)
    const pid = await newObject()
    expect((await add(pid, memberOf(collection))).status).toBe(201)
    const { id } = await recordOf(collection)
    expect(await recordOf(pid)).toMatchObject({ kind: 'item', owningCollectionId: id })
    expect((await islandoraClient(server).send('GET', `object/${pid}`)).status).toBe(200)
    const found = await dspace.getJson('/api/discover/search/objects?dsoType=collection&query=Xylotheque')
    expect(JSON.stringify(found)).toContain(id)
    const { json } = await islandora.send('GET', `solr/PID:"${collection}"`)
    expect(json).toMatchObject({
      response: {
        docs: [
          {
            RELS_EXT_hasModel_uri_ms: ['info:fedora/islandora:collectionCModel'],
            RELS_EXT_isMemberOfCollection_uri_ms: ['info:fedora/islandora:root'],
          },
        ],
      },
    })
  })

  test('who may read a restricted object may read what is in the collection that it becomes', async () => {
    const pid = await newObject()
    const { id } = await recordOf(pid)
    const policies = (uuid: string) =>
      dspace.getJson<{ _embedded: { resourcepolicies: { id: number; action: string }[] } }>(
        `/api/authz/resourcepolicies/search/resource?uuid=${uuid}&size=100`,
      )
    for (const policy of (await policies(id))._embedded.resourcepolicies) {
      await dspace.delete(`/api/authz/resourcepolicies/${policy.id}`)
    }
    await add(pid, COLLECTION)
    const item = await newObject()
    await add(item, memberOf(pid))
    expect((await islandoraClient(server).send('GET', `object/${item}`)).status).toBe(401)
  })

  test('what was a dataset by its place is none any more', async () => {
    const pid = await newObject()
    const { id } = await recordOf(pid)
    const place = [{ op: 'add', path: '/metadata/dcterms.spatial', value: [{ value: 'POINT(8.5 47.4)' }] }]
    await dspace.patch(`/api/core/items/${id}`, { json: place })
    const datasets = () => server.repository.useCases.datasets.find(SYSTEM_ACTOR, {}, {})
    const before = (await datasets()).total
    await add(pid, COLLECTION)
    expect((await datasets()).total).toBe(before - 1)
  })

  test('409 with a message: files, collections, what is not active; nothing changes', async () => {
    const withFile = await newObject()
    await islandora.form('POST', `object/${withFile}/datastream`, file('OBJ'))
    const member = await newObject()
    await add(member, memberOf((await build.collection()).pid))
    const inactive = await newObject()
    await islandora.json('PUT', `object/${inactive}`, { state: 'I' })
    const twice = await newObject()
    await add(twice, memberOf((await build.community()).pid))
    await add(twice, memberOf((await build.community()).pid))
    for (const pid of [withFile, member, inactive, twice]) {
      for (const model of [COLLECTION, COMMUNITY]) {
        expect(await add(pid, model)).toMatchObject({ status: 409, json: { message: expect.any(String) } })
      }
      expect((await recordOf(pid)).kind).toBe('item')
    }
    await islandora.send('DELETE', `object/${withFile}/datastream/OBJ`)
    expect((await add(withFile, COLLECTION)).status).toBe(201)
  })

  test('403 for those who do not administer the object, or may not add to the community', async () => {
    const { pid } = await build.item()
    expect((await add(pid, COLLECTION, jane)).status).toBe(403)
  })

  test('of many at once, each is one, in one default community', async () => {
    const fresh = await Promise.all(Array.from({ length: 6 }, () => newObject()))
    const answers = await Promise.all(fresh.map((pid) => add(pid, COLLECTION)))
    expect(answers.map(({ status }) => status)).toEqual(fresh.map(() => 201))
    for (const pid of fresh) expect(await parentsOf(pid)).toEqual(['islandora:root'])
  })

  test('a file that comes meanwhile is in an item, or not at all', async () => {
    for (let round = 0; round < 5; round += 1) {
      const pid = await newObject()
      const [upload, conversion] = await Promise.all([
        islandora.form('POST', `object/${pid}/datastream`, file('OBJ')),
        add(pid, COLLECTION),
      ])
      const { kind } = await recordOf(pid)
      expect([upload.status === 201, conversion.status]).toEqual(kind === 'item' ? [true, 409] : [false, 201])
    }
  })
})

describe('islandora:root', () => {
  test('brought as an object it is the default community by the model of a collection; until then there is none', async () => {
    const own = await startTestServer()
    const client = await administratorClient(own)
    const relate = (pid: string) => client.form('POST', `object/${pid}/relationship`, COLLECTION)
    await client.form('POST', 'object', { pid: 'islandora:root', label: 'Our collections' })
    await client.form('POST', 'object', { pid: 'maps:old' })
    expect(await relate('maps:old')).toMatchObject({ status: 409, json: { message: expect.any(String) } })
    expect((await relate('islandora:root')).status).toBe(201)
    expect((await relate('maps:old')).status).toBe(201)
    expect((await client.send('GET', 'object/islandora:root')).json).toMatchObject({
      label: 'Our collections',
      models: ['islandora:collectionCModel', 'hexapla:communityCModel'],
    })
    expect(await own.session().getJson('/api/core/communities/search/top')).toMatchObject({
      _embedded: { communities: [{ name: 'Our collections' }] },
    })
    await own.stop()
  })
})

describe('an object becomes a community by its model', () => {
  test('at the top, or in the one that its membership names', async () => {
    const top = await newObject()
    expect((await add(top, COMMUNITY)).status).toBe(201)
    const { id } = await recordOf(top)
    expect(await seenAt('communities', id)).toMatchObject({ name: 'An object' })
    expect(await parentsOf(top)).toEqual([])
    const below = await newObject()
    await add(below, memberOf(top))
    await add(below, COMMUNITY)
    expect(await recordOf(below)).toMatchObject({ kind: 'community', parentId: id })
    expect(await objectOf(below)).toMatchObject({
      models: ['islandora:collectionCModel', 'hexapla:communityCModel'],
    })
  })

  test('from a collection, as long as it is empty', async () => {
    const pid = await newObject()
    await add(pid, COLLECTION)
    const item = await newObject()
    await add(item, memberOf(pid))
    expect((await add(pid, COMMUNITY)).status).toBe(409)
    await remove(item, memberOf(pid))
    expect((await add(pid, COMMUNITY)).status).toBe(201)
    expect((await recordOf(pid)).kind).toBe('community')
    expect(await parentsOf(pid)).toEqual(['islandora:root'])
  })
})

describe('collections and communities in communities', () => {
  test('a collection moves by its membership, and back to the default community without one', async () => {
    const [one, other] = [await build.community(), await build.community()]
    const { pid } = await build.collection('A collection', one.id)
    expect(await add(pid, memberOf(other.pid))).toMatchObject({
      status: 409,
      json: { message: expect.any(String) },
    })
    expect((await remove(pid, memberOf(one.pid))).status).toBe(200)
    expect(await parentsOf(pid)).toEqual(['islandora:root'])
    expect((await remove(pid, memberOf('islandora:root'))).status).toBe(409)
    expect((await add(pid, memberOf(other.pid))).status).toBe(201)
    expect(await recordOf(pid)).toMatchObject({ parentId: other.id })
    const { id } = await recordOf(pid)
    expect(await dspace.getJson(`/api/core/collections/${id}/parentCommunity`)).toMatchObject({
      uuid: other.id,
    })
  })

  test('a community moves, but not into itself; without a membership it is at the top', async () => {
    const top = await build.community()
    const middle = await build.community('Middle', top.id)
    const below = await build.community('Below', middle.id)
    expect((await add(top.pid, memberOf(below.pid))).status).toBe(409)
    expect((await add(top.pid, memberOf(top.pid))).status).toBe(409)
    await remove(below.pid, memberOf(middle.pid))
    expect(await recordOf(below.pid)).toMatchObject({ parentId: null })
    expect((await add(top.pid, memberOf(below.pid))).status).toBe(201)
    expect(await parentsOf(top.pid)).toEqual([below.pid])
  })

  test('of two communities that are to lie in each other at once, one does', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [one, other] = [await build.community(), await build.community()]
      const answers = await Promise.all([
        add(one.pid, memberOf(other.pid)),
        add(other.pid, memberOf(one.pid)),
      ])
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]))
    }
  })

  test('409 for a collection in a collection, 400 in an item, 403 without the rights', async () => {
    const [one, other] = [await newObject(), await build.collection()]
    await add(one, COLLECTION)
    expect((await add(one, memberOf(other.pid))).status).toBe(409)
    expect((await add(one, memberOf(await newObject()))).status).toBe(400)
    expect((await add(other.pid, memberOf('islandora:root'), jane)).status).toBe(403)
    expect((await remove(one, COLLECTION)).status).toBe(409)
    expect((await recordOf(one)).kind).toBe('collection')
  })

  test('their further models come and go', async () => {
    const { pid } = await build.collection()
    await add(pid, { predicate: 'hasModel', object: 'islandora:newspaperCModel' })
    expect(await objectOf(pid)).toMatchObject({
      models: ['islandora:collectionCModel', 'islandora:newspaperCModel'],
    })
    await remove(pid, { predicate: 'hasModel', object: 'islandora:newspaperCModel' })
    expect(await objectOf(pid)).toMatchObject({ models: ['islandora:collectionCModel'] })
  })
})

describe('collections and communities as objects', () => {
  test('PUT: the label is the name, anybody may be the owner, the state is always active', async () => {
    for (const { kind, pid, id } of [await build.collection(), await build.community()]) {
      const path = `object/${pid}`
      expect(await islandora.json('PUT', path, { label: 'Anew', state: 'A' })).toMatchObject({
        status: 200,
        json: { label: 'Anew', state: 'A' },
      })
      expect(await seenAt(kind === 'collection' ? 'collections' : 'communities', id)).toMatchObject({
        name: 'Anew',
      })
      await islandora.json('PUT', path, { owner: 'fedoraAdmin' })
      expect(await objectOf(pid)).toMatchObject({ owner: 'fedoraAdmin', label: 'Anew' })
      await islandora.json('PUT', path, { owner: ADMINISTRATOR.email })
      await islandora.json('PUT', path, { label: 'Once more' })
      expect(await objectOf(pid)).toMatchObject({ owner: ADMINISTRATOR.email, label: 'Once more' })
      for (const state of ['I', 'D']) {
        expect(await islandora.json('PUT', path, { state, label: 'Not this' })).toMatchObject({
          status: 409,
          json: { message: expect.any(String) },
        })
      }
      expect(await objectOf(pid)).toMatchObject({ label: 'Once more', state: 'A' })
      expect((await jane.json('PUT', path, { label: 'Not this' })).status).toBe(403)
    }
  })

  test('an owner stays when the object becomes a collection', async () => {
    const pid = await newObject()
    await add(pid, COLLECTION)
    expect(await objectOf(pid)).toMatchObject({ owner: ADMINISTRATOR.email })
  })

  test('DELETE: when nothing is in it', async () => {
    const community = await build.community()
    const collection = await build.collection('A collection', community.id)
    const item = await build.item('An item', collection.id)
    for (const { pid } of [community, collection]) {
      expect(await islandora.send('DELETE', `object/${pid}`)).toMatchObject({
        status: 409,
        json: { message: expect.any(String) },
      })
    }
    expect((await jane.send('DELETE', `object/${collection.pid}`)).status).toBe(403)
    for (const { pid } of [item, collection, community]) {
      expect((await islandora.send('DELETE', `object/${pid}`)).status).toBe(200)
      expect((await islandora.send('GET', `object/${pid}`)).status).toBe(404)
    }
    expect(await seenAt('communities', community.id)).toBeUndefined()
  })

  test('POST of a datastream is 409', async () => {
    const { pid } = await build.collection()
    expect((await islandora.form('POST', `object/${pid}/datastream`, file('OBJ'))).status).toBe(409)
  })
})
