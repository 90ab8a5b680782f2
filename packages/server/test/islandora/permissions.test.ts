import { SYSTEM_ACTOR, type Permission } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import { readsOf } from '../dspace/reads-of.ts'
import {
  administratorClient,
  basic,
  islandoraClient,
  tokenOf,
  type Answer,
  type IslandoraClient,
} from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }
const JOE = { email: 'joe@example.org', password: 'another long passphrase' }
const RELATIONS = 'info:fedora/fedora-system:def/relations-external#'
const MODEL = 'info:fedora/fedora-system:def/model#'
const INGEST = 'ISLANDORA_REST_OBJECT_POST_PERM'

let server: TestServer
let admin: IslandoraClient
let jane: IslandoraClient
let joe: IslandoraClient
const visitor = () => islandoraClient(server)
const file = (text = 'words') => new File([text], 'words.txt', { type: 'text/plain' })
const change = (role: string, permissions: readonly string[]) => ({ role, permissions })
const grant = (role: string, ...permissions: string[]) =>
  server.repository.useCases.access.grantPermissions(SYSTEM_ACTOR, change(role, permissions))
const revoke = (role: string, ...permissions: string[]) =>
  server.repository.useCases.access.revokePermissions(SYSTEM_ACTOR, change(role, permissions))

async function newObject(client = admin): Promise<string> {
  const { status, json } = await client.json('POST', 'object', { label: 'An object' })
  expect(status).toBe(201)
  return (json as { pid: string }).pid
}

/** An object with a file, which a policy lets Jane administer. */
async function janesObject(): Promise<string> {
  await grant('authenticated', INGEST)
  const pid = await newObject(jane)
  expect((await jane.form('POST', `object/${pid}/datastream`, { dsid: 'OBJ', file: file() })).status).toBe(
    201,
  )
  await revoke('authenticated', INGEST)
  return pid
}

beforeAll(async () => {
  server = await startTestServer()
  await createPerson(server.session(), JANE, { netid: 'jane' })
  await createPerson(server.session(), JOE, { netid: 'joe' })
  admin = await administratorClient(server)
  jane = islandoraClient(server, basic('jane', await tokenOf(server, 'admin', JANE)))
  joe = islandoraClient(server, basic('joe', await tokenOf(server, 'admin', JOE)))
})
afterAll(() => server.stop())

/** A request that takes the permission, and what it answers where everything allows it. */
const REQUESTS: Readonly<
  Record<
    Permission,
    readonly [expected: number, send: (client: IslandoraClient, pid: string) => Promise<Answer>]
  >
> = {
  ISLANDORA_REST_OBJECT_GET_PERM: [200, (client, pid) => client.send('GET', `object/${pid}`)],
  ISLANDORA_REST_OBJECT_PUT_PERM: [
    200,
    (client, pid) => client.json('PUT', `object/${pid}`, { label: 'New' }),
  ],
  ISLANDORA_REST_OBJECT_POST_PERM: [201, (client) => client.send('POST', 'object')],
  ISLANDORA_REST_OBJECT_DELETE_PERM: [200, (client, pid) => client.send('DELETE', `object/${pid}`)],
  ISLANDORA_REST_DATASTREAM_GET_PERM: [
    200,
    (client, pid) => client.send('GET', `object/${pid}/datastream/OBJ`),
  ],
  ISLANDORA_REST_DATASTREAM_PUT_PERM: [
    200,
    (client, pid) => client.json('PUT', `object/${pid}/datastream/OBJ`, { label: 'New' }),
  ],
  ISLANDORA_REST_DATASTREAM_POST_PERM: [
    201,
    (client, pid) => client.form('POST', `object/${pid}/datastream`, { dsid: 'TN', file: file() }),
  ],
  ISLANDORA_REST_DATASTREAM_DELETE_PERM: [
    200,
    (client, pid) => client.send('DELETE', `object/${pid}/datastream/OBJ`),
  ],
  ISLANDORA_REST_DATASTREAM_TOKEN_GET_PERM: [
    200,
    (client, pid) => client.send('GET', `object/${pid}/datastream/OBJ/token`),
  ],
  ISLANDORA_REST_RELATIONSHIP_GET_PERM: [
    200,
    (client, pid) => client.send('GET', `object/${pid}/relationship`),
  ],
  ISLANDORA_REST_RELATIONSHIP_POST_PERM: [
    201,
    (client, pid) =>
      client.json('POST', `object/${pid}/relationship`, {
        uri: MODEL,
        predicate: 'hasModel',
        object: 'islandora:bookCModel',
        type: 'uri',
      }),
  ],
  ISLANDORA_REST_RELATIONSHIP_DELETE_PERM: [
    200,
    (client, pid) =>
      client.json('DELETE', `object/${pid}/relationship`, { uri: MODEL, predicate: 'hasModel' }),
  ],
  ISLANDORA_SOLR_SEARCH_PERM: [200, (client) => client.send('GET', 'solr/*:*')],
}
const READING = Object.keys(REQUESTS).filter((name) => /_GET_|SOLR/.test(name))

describe('Permission Mappings', () => {
  afterEach(() => revoke('authenticated', INGEST))

  test.each(Object.keys(REQUESTS) as (keyof typeof REQUESTS)[])(
    '%s: 403 without it, also for whom the policies allow it; with it in the next request',
    async (permission) => {
      const [expected, send] = REQUESTS[permission]
      const [pid, other] = [await janesObject(), await janesObject()]
      const role = READING.includes(permission) ? 'anonymous' : 'authenticated'
      await revoke(role, permission)
      expect(await send(jane, pid)).toMatchObject({ status: 403, json: { message: expect.any(String) } })
      expect(await send(visitor(), pid)).toMatchObject({ status: 401, json: { message: expect.any(String) } })
      expect(await send(admin, other)).toMatchObject({ status: expected })
      await grant(role, permission)
      expect(await send(jane, pid)).toMatchObject({ status: expected })
    },
  )

  test('a permission does not open what the policies deny', async () => {
    const pid = await janesObject()
    const refused = async (name: string) => {
      const [, send] = REQUESTS[`ISLANDORA_REST_${name}_PERM` as keyof typeof REQUESTS]
      expect([name, (await send(joe, pid)).status]).toEqual([name, 403])
    }
    const names = ['OBJECT_PUT', 'OBJECT_DELETE', 'DATASTREAM_PUT', 'DATASTREAM_DELETE', 'DATASTREAM_POST']
    for (const name of [...names, 'RELATIONSHIP_POST']) await refused(name)
    const [, relate] = REQUESTS.ISLANDORA_REST_RELATIONSHIP_POST_PERM
    expect((await relate(jane, pid)).status).toBe(201)
    await refused('RELATIONSHIP_DELETE')
    expect((await admin.json('PUT', `object/${pid}`, { state: 'D' })).status).toBe(200)
    expect((await joe.send('GET', `object/${pid}/datastream/OBJ`)).status).toBe(403)
  })

  test('a virtual datastream takes the permission of datastreams', async () => {
    const pid = await newObject()
    await revoke('anonymous', 'ISLANDORA_REST_DATASTREAM_GET_PERM')
    expect((await visitor().send('GET', `object/${pid}/datastream/DC`)).status).toBe(401)
    await grant('anonymous', 'ISLANDORA_REST_DATASTREAM_GET_PERM')
    await revoke('anonymous', 'ISLANDORA_REST_OBJECT_GET_PERM')
    expect((await visitor().send('GET', `object/${pid}/datastream/DC`)).status).toBe(200)
    await grant('anonymous', 'ISLANDORA_REST_OBJECT_GET_PERM')
  })

  test('what was changed is answered without a permission to read', async () => {
    const reading = ['ISLANDORA_REST_OBJECT_GET_PERM', 'ISLANDORA_REST_DATASTREAM_GET_PERM']
    const pid = await janesObject()
    const stream = `object/${pid}/datastream`
    await revoke('anonymous', ...reading)
    await grant('authenticated', INGEST)
    await newObject(jane)
    const label = 'Told'
    expect(await jane.json('PUT', `object/${pid}`, { label })).toMatchObject({ status: 200, json: { label } })
    const form = { dsid: 'TN', label, file: file() }
    expect(await jane.form('POST', stream, form)).toMatchObject({ status: 201, json: { label } })
    expect(await jane.json('PUT', `${stream}/OBJ`, { label: 'New' })).toMatchObject({
      status: 200,
      json: { label: 'New' },
    })
    expect((await jane.send('GET', `object/${pid}`)).status).toBe(403)
    await grant('anonymous', ...reading)
  })

  test('404 for an object that is not there', async () => {
    expect(await visitor().send('GET', 'object/no:1')).toMatchObject({
      status: 404,
      json: { message: expect.any(String) },
    })
  })
})

describe('whoever ingests an object', () => {
  beforeAll(() => grant('authenticated', INGEST))

  test('may do everything to it and to what is in it; others of the same role may not', async () => {
    const pid = await newObject(jane)
    const at = `object/${pid}`
    expect((await jane.json('PUT', at, { label: 'Mine', state: 'I', owner: 'somebody else' })).status).toBe(
      200,
    )
    expect((await jane.form('POST', `${at}/datastream`, { dsid: 'OBJ', file: file() })).status).toBe(201)
    expect((await joe.json('PUT', at, { label: 'Taken' })).status).toBe(403)
    expect((await joe.form('POST', `${at}/datastream`, { dsid: 'TN', file: file() })).status).toBe(403)
    expect((await jane.form('PUT', `${at}/datastream/OBJ`, { file: file('others') })).status).toBe(200)
    expect((await jane.send('DELETE', `${at}/datastream/OBJ`)).status).toBe(200)
    expect((await jane.send('DELETE', at)).status).toBe(200)
  })

  test('files it in a collection that they may add to, and still administers it there', async () => {
    const build = buildersFor(server.repository)
    const collection = await build.collection('Maps')
    const pid = await newObject(jane)
    const membership = {
      uri: RELATIONS,
      predicate: 'isMemberOfCollection',
      object: collection.pid,
      type: 'uri',
    }
    const file = () => jane.json('POST', `object/${pid}/relationship`, membership)
    expect((await file()).status).toBe(403)
    const { people, access } = server.repository.useCases
    const person = await people.find(SYSTEM_ACTOR, { email: JANE.email })
    const to = { personId: person?.id ?? '' }
    await access.grantPolicy(SYSTEM_ACTOR, { resourceId: collection.id, action: 'ADD', to })
    expect((await file()).status).toBe(201)
    expect((await jane.json('PUT', `object/${pid}`, { label: 'Filed' })).status).toBe(200)
    expect((await jane.send('GET', `object/${pid}/relationship`)).text).toContain(collection.pid)
  })

  test('administers the collection that they make of it, with all that is in it', async () => {
    const [pid, part] = [await newObject(jane), await newObject(admin)]
    const model = { uri: MODEL, predicate: 'hasModel', object: 'islandora:collectionCModel', type: 'uri' }
    const community = await buildersFor(server.repository).community('Top')
    const { people, access } = server.repository.useCases
    const person = await people.find(SYSTEM_ACTOR, { email: JANE.email })
    const to = { personId: person?.id ?? '' }
    await access.grantPolicy(SYSTEM_ACTOR, { resourceId: community.id, action: 'ADD', to })
    const inside = { uri: RELATIONS, predicate: 'isMemberOfCollection', object: community.pid, type: 'uri' }
    const made = [
      await jane.json('POST', `object/${pid}/relationship`, inside),
      await jane.json('POST', `object/${pid}/relationship`, model),
    ]
    expect(made.map(({ status }) => status)).toEqual([201, 201])
    const filed = { ...inside, object: pid }
    expect((await admin.json('POST', `object/${part}/relationship`, filed)).status).toBe(201)
    expect((await jane.json('PUT', `object/${part}`, { label: 'Of Jane’s collection' })).status).toBe(200)
    expect((await joe.json('PUT', `object/${part}`, { label: 'Not of Joe’s' })).status).toBe(403)
  })

  test('with a token that reads makes nothing', async () => {
    const reader = islandoraClient(server, basic('jane', await tokenOf(server, 'read', JANE)))
    expect((await reader.send('POST', 'object')).status).toBe(403)
    expect((await reader.send('GET', 'solr/*:*')).status).toBe(200)
  })
})

describe('permission', () => {
  test('lists, gives and takes, for administrators', async () => {
    const made = await admin.form('POST', 'permission', { role: 'authenticated', permission: INGEST })
    expect(made.status).toBe(201)
    const held = (answer: Answer) =>
      (answer.json as { role: string; permissions: string[] }[]).find(({ role }) => role === 'authenticated')
    expect(held(made)?.permissions).toContain(INGEST)
    const taken = await admin.form('POST', 'permission', {
      method: 'DELETE',
      role: 'authenticated',
      permission: INGEST,
    })
    expect(taken.status).toBe(200)
    expect(held(taken)?.permissions).not.toContain(INGEST)
    expect(held(await admin.send('GET', 'permission/'))).toEqual(held(taken))
    for (const [client, status] of [
      [jane, 403],
      [visitor(), 401],
    ] as const) {
      expect((await client.send('GET', 'permission')).status).toBe(status)
      const sent = { role: 'authenticated', permission: INGEST }
      expect((await client.json('POST', 'permission', sent)).status).toBe(status)
      expect((await client.json('DELETE', 'permission', sent)).status).toBe(status)
    }
  })

  test.each([
    [{ role: 'authenticated' }],
    [{ permission: INGEST }],
    [{ role: 'authenticated', permission: 'INGEST' }],
    [{ role: 'nobody', permission: INGEST }],
    [{ role: 'anonymous', permission: INGEST }],
    [{ role: 'administrator', permission: INGEST }],
    [{ role: 'a\0b', permission: INGEST }],
    [{ role: ['authenticated'], permission: INGEST }],
  ])('400 with a message for %j', async (body) => {
    expect(await admin.json('POST', 'permission', body)).toMatchObject({
      status: 400,
      json: { message: expect.any(String) },
    })
  })
})

test('knowing who may do what costs visitors no statement, and people one', async () => {
  const pid = await newObject()
  const read = (client: IslandoraClient) => () => client.send('GET', `object/${pid}/relationship`)
  // Background work that commits between two requests has the visitor read anew.
  const least = async (client: IslandoraClient) => {
    const counts: number[] = []
    for (let round = 0; round < 4; round += 1) counts.push(await readsOf(server, read(client)))
    return Math.min(...counts)
  }
  expect(await least(visitor())).toBe(1)
  // Who bears the token, and that the name is theirs.
  expect(await least(jane)).toBe(3)
})
