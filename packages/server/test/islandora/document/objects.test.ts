import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR } from '@hexapla/testing'
import {
  DENIED,
  outcomesOfDenied,
  emptyOutcome,
  outcome,
  JANE,
  MESSAGE,
  MOMENT,
  startStage,
  type Stage,
} from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.server.stop())

const read = async (pid: string) => (await stage.admin.send('GET', `object/${pid}`)).json

describe('Describe An Existing Object > GET', () => {
  test('Get Parameters > pid; Response: 200 OK; Content-Type: application/json', async () => {
    const pid = await stage.newObject({ label: 'Root Object', owner: 'fedoraAdmin' })
    const answer = await stage.anonymous.send('GET', `object/${pid}`)
    expect(outcome(answer)).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.json).toEqual({
      pid,
      label: 'Root Object',
      owner: 'fedoraAdmin',
      models: [],
      state: 'A',
      created: MOMENT,
      modified: MOMENT,
      datastreams: expect.any(Array) as unknown[],
    })
  })

  test('models: an array of the objects models', async () => {
    const pid = await stage.newObject()
    const hasModel = { uri: 'info:fedora/fedora-system:def/model#', predicate: 'hasModel' }
    for (const object of ['islandora:sp_pdf', 'islandora:sp_document']) {
      expect(
        emptyOutcome(
          await stage.admin.form('POST', `object/${pid}/relationship`, {
            ...hasModel,
            object,
            literal: 'false',
          }),
        ),
      ).toBe(201)
    }
    expect(await read(pid)).toMatchObject({ models: ['islandora:sp_pdf', 'islandora:sp_document'] })
  })

  test('datastreams: an array of objects each describing a data stream, as in the example', async () => {
    const pid = await stage.newObject()
    const { datastreams } = (await read(pid)) as { datastreams: { dsid: string }[] }
    expect(datastreams.find(({ dsid }) => dsid === 'RELS-EXT')).toMatchObject({
      dsid: 'RELS-EXT',
      label: 'Fedora Object to Object Relationship Metadata.',
      state: 'A',
      size: expect.any(Number) as number,
      mimeType: 'application/rdf+xml',
      controlGroup: 'X',
      created: MOMENT,
      versionable: expect.any(Boolean) as boolean,
      versions: [],
    })
  })

  test('Common Responses > 404', async () => {
    expect(outcome(await stage.admin.send('GET', 'object/islandora:nothing'))).toBe(404)
    expect(outcome(await stage.anonymous.send('GET', 'object/islandora:nothing'))).toBe(404)
  })

  test('Common Responses > 401, 403: an object that is not for everybody', async () => {
    const pid = await stage.newObject()
    expect(outcome(await stage.admin.json('PUT', `object/${pid}`, { state: 'D' }))).toBe(200)
    // Or 404, where “XACML is hiding that object”.
    for (const client of [stage.anonymous, stage.known]) {
      const { status, json } = await client.send('GET', `object/${pid}`)
      expect([401, 403, 404]).toContain(status)
      expect(json).toEqual(expect.objectContaining(MESSAGE))
    }
    expect(outcome(await stage.admin.send('GET', `object/${pid}`))).toBe(200)
  })
})

describe('Create A New Object > POST (form-data)', () => {
  test('pid, label, owner; Response: 201 Created, the same as of GET', async () => {
    const form = { pid: 'islandora:own', label: 'A label', owner: 'fedoraAdmin' }
    const answer = await stage.admin.form('POST', 'object', form)
    expect(outcome(answer)).toBe(201)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.json).toMatchObject({ ...form, state: 'A', models: [] })
    expect(answer.json).toEqual(await read('islandora:own'))
  })

  test('namespace: used to create a PID if pid is not given', async () => {
    const numbers = []
    for (const _ of [1, 2])
      numbers.push(Number((await stage.newObject({ namespace: 'document' })).split(':')[1]))
    expect(numbers).toEqual([1, 2])
    const both = await stage.admin.form('POST', 'object', { namespace: 'document', pid: 'other:1' })
    expect(both.json).toMatchObject({ pid: 'other:1' })
  })

  test('nothing: a pid, no label, and owned by the currently logged in', async () => {
    const { status, json } = await stage.admin.send('POST', 'object')
    expect(status).toBe(201)
    expect(json).toMatchObject({
      pid: expect.stringMatching(/^[\w.-]+:\d+$/) as string,
      label: '',
      owner: ADMINISTRATOR.email,
    })
  })

  test('as application/x-www-form-urlencoded and as JSON', async () => {
    const body = new URLSearchParams({ label: 'A + B', namespace: 'forms' })
    expect(await stage.admin.send('POST', 'object', { body })).toMatchObject({
      status: 201,
      json: { pid: 'forms:1', label: 'A + B' },
    })
    expect(await stage.admin.json('POST', 'object', { label: 'C', namespace: 'forms' })).toMatchObject({
      status: 201,
      json: { pid: 'forms:2', label: 'C' },
    })
  })

  test.each([
    { pid: 'no colon' },
    { pid: 'a:b:c' },
    { pid: ':1' },
    { namespace: 'two words' },
    { namespace: 'a:b' },
    { label: 'nul \0' },
  ])('Common Responses > 400: %j', async (fields) => {
    expect(outcome(await stage.admin.json('POST', 'object', fields))).toBe(400)
  })

  test('Common Responses > 401, 403', async () => {
    expect(await outcomesOfDenied(stage, (client) => client.form('POST', 'object', { label: 'x' }))).toEqual(
      DENIED,
    )
  })

  test('409: a pid that is taken', async () => {
    const pid = await stage.newObject()
    expect(outcome(await stage.admin.form('POST', 'object', { pid }))).toBe(409)
  })
})

describe('Modify An Existing Object’S Properties > PUT', () => {
  test.each([
    ['label', { label: 'Another label' }],
    ['owner', { owner: 'somebody else' }],
    ['state', { state: 'I' }],
    ['state', { state: 'D' }],
    ['state', { state: 'A' }],
    ['nothing', {}],
    ['everything', { label: 'L', owner: 'O', state: 'I' }],
  ])('Request Body (raw) > %s: only given variables change; Response: 200 OK', async (_name, change) => {
    const former = { label: 'A label', owner: 'fedoraAdmin' }
    const pid = await stage.newObject(former)
    const answer = await stage.admin.json('PUT', `object/${pid}`, change)
    expect(outcome(answer)).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.json).toEqual({ pid, ...former, state: 'A', modified: MOMENT, ...change })
    expect(await read(pid)).toMatchObject({ pid, ...former, state: 'A', ...change })
  })

  test.each([
    ['Active', 'A'],
    ['Inactive', 'I'],
    ['Deleted', 'D'],
  ])('state by its name, as scripts have it: %s', async (name, state) => {
    const pid = await stage.newObject()
    const answer = await stage.admin.json('PUT', `object/${pid}`, { state: name })
    expect(answer).toMatchObject({ status: 200, json: { state } })
  })

  test('modified moves, created does not', async () => {
    const pid = await stage.newObject()
    const before = (await read(pid)) as { created: string; modified: string }
    await stage.admin.json('PUT', `object/${pid}`, { label: 'Later' })
    const after = (await read(pid)) as typeof before
    expect(after.created).toBe(before.created)
    expect(Date.parse(after.modified)).toBeGreaterThan(Date.parse(before.modified))
  })

  test.each([{ state: 'X' }, { state: 7 }, { label: ['a'] }, { label: { a: 1 } }, { owner: 'nul \0' }])(
    'Common Responses > 400, and nothing changes: %j',
    async (change) => {
      const pid = await stage.newObject({ label: 'A label' })
      const before = await read(pid)
      expect(outcome(await stage.admin.json('PUT', `object/${pid}`, { label: 'Other', ...change }))).toBe(400)
      expect(await read(pid)).toEqual(before)
    },
  )

  test.each(['{', '[]', '"x"', 'null'])(
    'Common Responses > 400: a body that is no JSON object: %s',
    async (body) => {
      const pid = await stage.newObject()
      const init = { body, headers: { 'content-type': 'application/json' } }
      expect(outcome(await stage.admin.send('PUT', `object/${pid}`, init))).toBe(400)
    },
  )

  test('Common Responses > 401, 403, 404', async () => {
    const pid = await stage.newObject()
    expect(
      await outcomesOfDenied(stage, (client) => client.json('PUT', `object/${pid}`, { label: 'x' })),
    ).toEqual(DENIED)
    expect(outcome(await stage.admin.json('PUT', 'object/islandora:nothing', { label: 'x' }))).toBe(404)
    expect(outcome(await stage.known.json('PUT', 'object/islandora:nothing', { label: 'x' }))).toBe(404)
  })
})

describe('Delete An Existing Object > DELETE', () => {
  test('Get Variables > pid; Response: 200 OK; No response body', async () => {
    const pid = await stage.newObject()
    expect(emptyOutcome(await stage.admin.send('DELETE', `object/${pid}`))).toBe(200)
    expect(outcome(await stage.admin.send('GET', `object/${pid}`))).toBe(404)
    expect(outcome(await stage.admin.send('DELETE', `object/${pid}`))).toBe(404)
  })

  test('Common Responses > 401, 403, and the object stays', async () => {
    const pid = await stage.newObject({ label: JANE.email })
    expect(await outcomesOfDenied(stage, (client) => client.send('DELETE', `object/${pid}`))).toEqual(DENIED)
    expect(outcome(await stage.anonymous.send('GET', `object/${pid}`))).toBe(200)
  })
})
