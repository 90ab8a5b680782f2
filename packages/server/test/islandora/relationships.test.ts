import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
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
const MODEL = { uri: 'info:fedora/fedora-system:def/model#', predicate: 'hasModel' }
const MEMBER = { uri: 'info:fedora/fedora-system:def/relations-external#', predicate: 'isMemberOfCollection' }

let server: TestServer
let admin: IslandoraClient
let jane: IslandoraClient
let anonymous: IslandoraClient
let build: ReturnType<typeof buildersFor>
beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  admin = await administratorClient(server)
  anonymous = islandoraClient(server)
  await createPerson(server.session(), JANE)
  jane = islandoraClient(server, basic(JANE.email, await tokenOf(server, 'write', JANE)))
})
afterAll(() => server.stop())

const newObject = async (): Promise<string> =>
  ((await admin.send('POST', 'object')).json as { pid: string }).pid
const add = (pid: string, fields: Record<string, string>) =>
  admin.form('POST', `object/${pid}/relationship`, fields)
const remove = (pid: string, fields: Record<string, unknown>) =>
  admin.json('DELETE', `object/${pid}/relationship`, fields)
const list = async (pid: string, query: Record<string, string> = {}, client = admin) =>
  (await client.send('GET', `object/${pid}/relationship?${new URLSearchParams(query).toString()}`)).json
const objectsOf = async (pid: string, query: Record<string, string> = {}) =>
  ((await list(pid, query)) as { object: { value: string } }[]).map(({ object }) => object.value)

describe('List Existing Relationships', () => {
  test('the example of the document: predicate and object', async () => {
    const { pid } = await build.community()
    expect(await list(pid, { ...MODEL, object: 'islandora:collectionCModel' })).toEqual([
      {
        predicate: {
          value: 'hasModel',
          alias: 'fedora-model',
          namespace: 'info:fedora/fedora-system:def/model#',
        },
        object: { literal: false, value: 'islandora:collectionCModel' },
      },
    ])
  })

  test('predicate, uri, object and literal limit the results', async () => {
    const collection = await build.collection()
    const { pid } = await build.item('An item', collection.id)
    await add(pid, { ...MODEL, object: 'islandora:sp_pdf' })
    expect(await objectsOf(pid)).toEqual(['islandora:sp_pdf', collection.pid])
    expect(await objectsOf(pid, MODEL)).toEqual(['islandora:sp_pdf'])
    expect(await objectsOf(pid, { uri: MEMBER.uri })).toEqual([collection.pid])
    expect(await objectsOf(pid, { object: collection.pid })).toEqual([collection.pid])
    expect(await objectsOf(pid, { object: `info:fedora/${collection.pid}` })).toEqual([collection.pid])
    expect(await objectsOf(pid, { literal: 'true' })).toEqual([])
  })

  test('a predicate without its uri is meant in every namespace', async () => {
    const collection = await build.collection()
    const { pid } = await build.item('An item', collection.id)
    await add(pid, { ...MODEL, object: 'islandora:sp_pdf' })
    expect(await objectsOf(pid, { predicate: 'hasModel' })).toEqual(['islandora:sp_pdf'])
    expect(await objectsOf(pid, { predicate: 'isMemberOfCollection' })).toEqual([collection.pid])
    expect(await objectsOf(pid, { predicate: 'isPageOf' })).toEqual([])
  })

  test('400, 404', async () => {
    const path = `object/${await newObject()}/relationship`
    expect((await admin.send('GET', `${path}?literal=perhaps`)).status).toBe(400)
    expect((await admin.send('GET', 'object/no:1/relationship')).status).toBe(404)
  })
})

describe('Add A New Relationship', () => {
  test('201 without a body; a content model is one of the object', async () => {
    const pid = await newObject()
    const fields = { ...MODEL, object: 'info:fedora/islandora:sp_pdf', literal: 'false' }
    expect(await add(pid, fields)).toMatchObject({ status: 201, text: '' })
    expect((await add(pid, fields)).status).toBe(201)
    expect((await anonymous.send('GET', `object/${pid}`)).json).toMatchObject({
      models: ['islandora:sp_pdf'],
    })
  })

  test('of two collections given at once, one owns the object and the other one shows it', async () => {
    const pid = await newObject()
    const collections = [await build.collection(), await build.collection(), await build.collection()]
    const pids = collections.map((collection) => collection.pid)
    await Promise.all(pids.map((object) => add(pid, { ...MEMBER, object })))
    expect((await objectsOf(pid, MEMBER)).toSorted()).toEqual(pids.toSorted())
  })

  test('400: what is no collection, what is missing', async () => {
    const pid = await newObject()
    const { pid: object } = await build.collection()
    for (const fields of [
      { ...MEMBER, object: 'no:1' },
      { ...MEMBER, object: pid },
      { ...MEMBER, object, literal: 'true' },
      { uri: MEMBER.uri, object },
      { ...MEMBER },
      { ...MODEL, object: 'http://example.org/' },
      { ...MODEL, object: 'islandora:sp_pdf', literal: 'true' },
    ]) {
      expect((await add(pid, fields)).status).toBe(400)
    }
    expect(await objectsOf(pid)).toEqual([])
  })

  test('401, 403, 404', async () => {
    const { id } = await build.collection()
    const item = await build.item('An item', id)
    const path = `object/${item.pid}/relationship`
    const fields = { ...MODEL, object: 'islandora:sp_pdf' }
    expect((await anonymous.form('POST', path, fields)).status).toBe(401)
    expect((await jane.form('POST', path, fields)).status).toBe(403)
    expect(
      (await jane.form('POST', path, { ...MEMBER, object: (await build.collection()).pid })).status,
    ).toBe(403)
    expect((await add('no:1', fields)).status).toBe(404)
  })
})

describe('Remove An Existing Relationship', () => {
  test('200 without a body, by JSON', async () => {
    const pid = await newObject()
    await add(pid, { ...MODEL, object: 'islandora:sp_pdf' })
    await add(pid, { ...MODEL, object: 'islandora:sp_large' })
    expect(await remove(pid, { ...MODEL, object: 'islandora:sp_pdf' })).toMatchObject({
      status: 200,
      text: '',
    })
    expect(await objectsOf(pid)).toEqual(['islandora:sp_large'])
    expect((await remove(pid, { literal: true })).status).toBe(200)
    expect(await objectsOf(pid)).toEqual(['islandora:sp_large'])
    await remove(pid, {})
    expect(await objectsOf(pid)).toEqual([])
  })

  test('POST with the field method=DELETE', async () => {
    const pid = await newObject()
    await add(pid, { ...MODEL, object: 'islandora:sp_pdf' })
    expect((await add(pid, { method: 'DELETE', ...MODEL })).status).toBe(200)
    expect(await objectsOf(pid)).toEqual([])
  })

  test('when the owning collection goes the next one takes its place, then the object is unfiled and readable', async () => {
    const pid = await newObject()
    const [one, other] = [(await build.collection()).pid, (await build.collection()).pid]
    await add(pid, { ...MEMBER, object: one })
    await add(pid, { ...MEMBER, object: other })
    await remove(pid, { ...MEMBER, object: one })
    expect(await objectsOf(pid)).toEqual([other])
    await remove(pid, { ...MEMBER })
    expect(await objectsOf(pid)).toEqual([])
    expect((await anonymous.send('GET', `object/${pid}`)).status).toBe(200)
  })

  test('400, 401, 403', async () => {
    const { pid } = await build.item()
    expect((await remove(pid, { literal: 'perhaps' })).status).toBe(400)
    expect((await anonymous.json('DELETE', `object/${pid}/relationship`, {})).status).toBe(401)
    expect((await jane.json('DELETE', `object/${pid}/relationship`, {})).status).toBe(403)
  })
})
