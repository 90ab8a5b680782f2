import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import { readsOf } from '../dspace/reads-of.ts'
import {
  administratorClient,
  basic,
  islandoraClient,
  tokenOf,
  type IslandoraClient,
} from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

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

const create = async (fields: Record<string, string> = {}): Promise<string> => {
  const { status, json } = await admin.form('POST', 'object', fields)
  expect(status).toBe(201)
  return (json as { pid: string }).pid
}

describe('Describe An Existing Object', () => {
  test('200: an object with all that the document lists', async () => {
    const { pid } = await build.item('A title')
    const { status, headers, json } = await anonymous.send('GET', `object/${pid}`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(json).toEqual({
      pid,
      label: 'A title',
      owner: '',
      models: [],
      state: 'A',
      created: expect.stringMatching(MOMENT),
      modified: expect.stringMatching(MOMENT),
      datastreams: expect.any(Array),
    })
  })

  test('the pid may be percent-encoded', async () => {
    const { pid } = await build.item()
    expect((await anonymous.send('GET', `object/${encodeURIComponent(pid)}`)).json).toMatchObject({ pid })
  })

  test('collections and communities are objects of their models', async () => {
    const community = await build.community()
    const collection = await build.collection('C', community.id)
    const models = async (pid: string) => (await anonymous.send('GET', `object/${pid}`)).json
    expect(await models(collection.pid)).toMatchObject({
      label: 'C',
      models: ['islandora:collectionCModel'],
      datastreams: [{ dsid: 'DC' }, { dsid: 'RELS-EXT' }],
    })
    expect(await models(community.pid)).toMatchObject({
      models: ['islandora:collectionCModel', 'hexapla:communityCModel'],
    })
  })

  test('404: an unknown object, with a message', async () => {
    const { status, json } = await anonymous.send('GET', 'object/islandora:none')
    expect({ status, json }).toEqual({
      status: 404,
      json: { message: expect.stringContaining('islandora:none') },
    })
  })

  test('401 and 403: one that may not be read', async () => {
    const pid = await create({ label: 'Withdrawn' })
    await admin.json('PUT', `object/${pid}`, { state: 'D' })
    expect((await anonymous.send('GET', `object/${pid}`)).status).toBe(401)
    expect((await jane.send('GET', `object/${pid}`)).status).toBe(403)
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ state: 'D' })
  })

  test('a datastream that may not be read is absent', async () => {
    const item = await build.item()
    await build.file((await build.bundle(item.id)).id, 'a.txt')
    await build.file((await build.bundle(item.id, 'LICENSE')).id, 'license.txt')
    const dsids = async (client: IslandoraClient) => {
      const { datastreams } = (await client.send('GET', `object/${item.pid}`)).json as {
        datastreams: { dsid: string; controlGroup: string }[]
      }
      return datastreams.filter(({ controlGroup }) => controlGroup === 'M').map(({ dsid }) => dsid)
    }
    expect(await dsids(anonymous)).toEqual(['OBJ'])
    expect(await dsids(admin)).toEqual(['OBJ', 'LICENSE'])
  })

  test('it takes two statements beside those that tell who asks', async () => {
    const { pid } = await build.item()
    // Who visitors are, is asked anew after each change.
    await server.repository.settled()
    await anonymous.send('GET', `object/${pid}`)
    expect(await readsOf(server, () => anonymous.send('GET', `object/${pid}`))).toBeLessThanOrEqual(2)
  })
})

describe('Create A New Object', () => {
  test('201: with pid, label and owner as form-data, answered like GET', async () => {
    const fields = { pid: 'islandora:given', label: 'A label', owner: 'fedoraAdmin' }
    const { status, json } = await admin.form('POST', 'object', fields)
    expect(status).toBe(201)
    expect(json).toMatchObject({ ...fields, state: 'A', models: [] })
    expect((await admin.send('GET', 'object/islandora:given')).json).toEqual(json)
  })

  test('as JSON, and as an urlencoded form', async () => {
    expect((await admin.json('POST', 'object', { pid: 'json:1', label: 'L' })).json).toMatchObject({
      label: 'L',
    })
    const body = new URLSearchParams({ pid: 'form:1', label: 'L' })
    expect((await admin.send('POST', 'object', { body })).json).toMatchObject({ pid: 'form:1', label: 'L' })
  })

  test('owner: the one who is signed in, if not given', async () => {
    const { json } = await admin.send('POST', 'object')
    expect(json).toMatchObject({ owner: 'admin@example.org' })
  })

  test('namespace: the next free number of it, none lost and none twice among eight at once', async () => {
    const pids = await Promise.all(
      Array.from({ length: 24 }, async (_, index) =>
        index % 3 === 2 ? create({ namespace: 'other' }) : create({ namespace: 'many' }),
      ),
    )
    const wanted = [
      ...Array.from({ length: 16 }, (_, index) => `many:${index + 1}`),
      ...Array.from({ length: 8 }, (_, index) => `other:${index + 1}`),
    ]
    expect(pids.toSorted()).toEqual(wanted.toSorted())
  })

  test('neither pid nor namespace: one of the repository', async () => {
    expect(await create()).toMatch(/^hexapla:\d+$/)
  })

  test('409: a pid that is taken', async () => {
    const pid = await create({ pid: 'taken:1' })
    const { status, json } = await admin.form('POST', 'object', { pid })
    expect({ status, json }).toEqual({ status: 409, json: { message: expect.any(String) } })
  })

  test('400: what is no pid, no namespace, no JSON', async () => {
    expect((await admin.form('POST', 'object', { pid: 'no pid' })).status).toBe(400)
    expect((await admin.form('POST', 'object', { namespace: 'a:b' })).status).toBe(400)
    const headers = { 'content-type': 'application/json' }
    expect((await admin.send('POST', 'object', { headers, body: '{"pid"' })).status).toBe(400)
    expect((await admin.json('POST', 'object', ['a'])).status).toBe(400)
    expect((await admin.json('POST', 'object', { label: {} })).json).toEqual({
      message: 'The parameter label must be a string',
    })
  })

  test('401 without, 403 with a known user who may not', async () => {
    expect((await anonymous.form('POST', 'object', { label: 'L' })).status).toBe(401)
    expect((await jane.form('POST', 'object', { label: 'L' })).status).toBe(403)
  })

  test('403: with a token that may only read', async () => {
    const reader = islandoraClient(server, basic('admin@example.org', await tokenOf(server, 'read')))
    expect((await reader.form('POST', 'object', { label: 'L' })).status).toBe(403)
  })
})

describe('Modify An Existing Object’S Properties', () => {
  test('200: the changed properties alone', async () => {
    const pid = await create({ label: 'Before' })
    const { status, json } = await admin.json('PUT', `object/${pid}`, {
      label: 'After',
      owner: 'someone',
      state: 'I',
    })
    expect(status).toBe(200)
    expect(json).toEqual({
      pid,
      label: 'After',
      owner: 'someone',
      state: 'I',
      modified: expect.stringMatching(MOMENT),
    })
  })

  test('only given variables change', async () => {
    const pid = await create({ label: 'Before', owner: 'someone' })
    await admin.json('PUT', `object/${pid}`, { state: 'I' })
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({
      label: 'Before',
      owner: 'someone',
      state: 'I',
    })
    await admin.json('PUT', `object/${pid}`, { label: 'After' })
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ owner: 'someone', state: 'I' })
  })

  test('JSON that says it is a form, as curl sends it', async () => {
    const pid = await create()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { json } = await admin.send('PUT', `object/${pid}`, { headers, body: '{"label":"L"}' })
    expect(json).toMatchObject({ label: 'L' })
  })

  test('every state leads to every other', async () => {
    const pid = await create()
    for (const state of ['D', 'I', 'D', 'A', 'I', 'A', 'D', 'A']) {
      expect((await admin.json('PUT', `object/${pid}`, { state })).json).toMatchObject({ state })
    }
  })

  test('POST with the field method=PUT', async () => {
    const pid = await create({ label: 'Before' })
    const answer = await admin.form('POST', `object/${pid}`, { method: 'PUT', label: 'After' })
    expect(answer).toMatchObject({ status: 200, json: { label: 'After' } })
  })

  test('400, 401, 403, 404, 405, 409', async () => {
    const pid = await create()
    const path = `object/${pid}`
    expect((await admin.json('PUT', path, { state: 'X' })).json).toEqual({
      message: 'The parameter state must be one of A, I, D, Active, Inactive, Deleted',
    })
    expect((await anonymous.json('PUT', path, {})).status).toBe(401)
    expect((await jane.json('PUT', path, { label: 'L' })).status).toBe(403)
    expect((await admin.json('PUT', 'object/no:1', { label: 'L' })).status).toBe(404)
    expect((await admin.form('POST', path, { label: 'L' })).status).toBe(405)
    expect((await admin.json('PATCH', path, {})).status).toBe(405)
    expect((await admin.json('PUT', 'object', {})).status).toBe(405)
    expect((await admin.form('POST', 'object', { method: 'DELETE' })).status).toBe(405)
    const { pid: collection } = await build.collection()
    expect((await admin.json('PUT', `object/${collection}`, { state: 'D' })).status).toBe(409)
  })
})

describe('Delete An Existing Object', () => {
  test('200 without a body; then it is not there', async () => {
    const pid = await create()
    expect(await admin.send('DELETE', `object/${pid}`)).toMatchObject({ status: 200, text: '' })
    expect((await admin.send('GET', `object/${pid}`)).status).toBe(404)
    expect((await admin.send('DELETE', `object/${pid}`)).status).toBe(404)
  })

  test('POST with the field method=DELETE', async () => {
    const pid = await create()
    const body = new URLSearchParams({ method: 'DELETE' })
    expect(await admin.send('POST', `object/${pid}`, { body })).toMatchObject({ status: 200, text: '' })
    expect((await admin.send('GET', `object/${pid}`)).status).toBe(404)
  })

  test('401, 403; 409 for a collection that has members', async () => {
    const pid = await create()
    expect((await anonymous.send('DELETE', `object/${pid}`)).status).toBe(401)
    expect((await jane.send('DELETE', `object/${pid}`)).status).toBe(403)
    const collection = await build.collection()
    await build.item('A member', collection.id)
    expect((await admin.send('DELETE', `object/${collection.pid}`)).status).toBe(409)
  })
})

test('an address that there is not: 404 with a message', async () => {
  const { status, json } = await anonymous.send('GET', 'nothing')
  expect({ status, json }).toEqual({ status: 404, json: { message: expect.any(String) } })
})
