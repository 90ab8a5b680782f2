import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DENIED, outcomesOfDenied, emptyOutcome, outcome, startStage, type Stage } from './stage.ts'

const HAS_MODEL = { uri: 'info:fedora/fedora-system:def/model#', predicate: 'hasModel' }
const PAGE_NUMBER = { uri: 'http://islandora.ca/ontology/relsext#', predicate: 'isPageNumber' }

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.server.stop())

type Fields = Readonly<Record<string, string>>
const addTo = (pid: string, fields: Fields) => stage.admin.form('POST', `object/${pid}/relationship`, fields)
async function list(pid: string, query: Fields = {}): Promise<unknown> {
  const path = `object/${pid}/relationship?${new URLSearchParams(query)}`
  const answer = await stage.anonymous.send('GET', path)
  expect(outcome(answer)).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  return answer.json
}
const model = (value: string) => ({
  predicate: { value: 'hasModel', alias: 'fedora-model', namespace: HAS_MODEL.uri },
  object: { literal: false, value },
})
const number = (value: string) => ({
  predicate: { value: 'isPageNumber', alias: expect.any(String) as string, namespace: PAGE_NUMBER.uri },
  object: { literal: true, value },
})
/** An object with two models and a literal. */
async function related(): Promise<string> {
  const pid = await stage.newObject()
  expect(emptyOutcome(await addTo(pid, { ...HAS_MODEL, object: 'islandora:sp_pdf', literal: 'false' }))).toBe(
    201,
  )
  expect(
    emptyOutcome(await addTo(pid, { ...HAS_MODEL, object: 'islandora:sp_document', literal: 'false' })),
  ).toBe(201)
  expect(emptyOutcome(await addTo(pid, { ...PAGE_NUMBER, object: '7', literal: 'true' }))).toBe(201)
  return pid
}

describe('List Existing Relationships > GET', () => {
  test('Response: 200 OK, a JSON array; Example Response', async () => {
    const pid = await stage.newObject()
    expect(await list(pid)).toEqual([])
    await addTo(pid, { ...HAS_MODEL, object: 'islandora:collectionCModel-like', literal: 'false' })
    expect(await list(pid)).toEqual([model('islandora:collectionCModel-like')])
  })

  test('predicate and uri: to limit the results to', async () => {
    const pid = await related()
    expect(await list(pid, HAS_MODEL)).toEqual([model('islandora:sp_pdf'), model('islandora:sp_document')])
    expect(await list(pid, { ...HAS_MODEL, uri: PAGE_NUMBER.uri })).toEqual([])
  })

  test('object, and literal, which defaults to false', async () => {
    const pid = await related()
    expect(await list(pid, { object: 'islandora:sp_pdf' })).toEqual([model('islandora:sp_pdf')])
    expect(await list(pid, { ...HAS_MODEL, object: 'islandora:sp_pdf', literal: 'false' })).toHaveLength(1)
    expect(await list(pid, { ...PAGE_NUMBER, object: '7', literal: 'true' })).toEqual([number('7')])
    expect(await list(pid, { ...PAGE_NUMBER, object: '7' })).toEqual([])
    expect(await list(pid, { ...HAS_MODEL, object: 'islandora:sp_pdf', literal: 'true' })).toEqual([])
  })

  test('Common Responses > 400, 404', async () => {
    const pid = await related()
    expect(
      outcome(await stage.admin.send('GET', `object/${pid}/relationship?object=7&literal=perhaps`)),
    ).toBe(400)
    expect(outcome(await stage.anonymous.send('GET', 'object/islandora:nothing/relationship'))).toBe(404)
  })
})

describe('Add A New Relationship > POST (form-data)', () => {
  test('uri, predicate, object, literal false: Response: 201 Created; No response body', async () => {
    const pid = await stage.newObject()
    expect(
      emptyOutcome(await addTo(pid, { ...HAS_MODEL, object: 'islandora:sp_pdf', literal: 'false' })),
    ).toBe(201)
    expect(
      emptyOutcome(
        await addTo(pid, { ...PAGE_NUMBER, predicate: 'isPageOf', object: pid, literal: 'false' }),
      ),
    ).toBe(201)
    expect(await list(pid, { ...PAGE_NUMBER, predicate: 'isPageOf' })).toMatchObject([
      { object: { literal: false, value: pid } },
    ])
  })

  test('an object by its URI, and one of elsewhere', async () => {
    const pid = await stage.newObject()
    expect(emptyOutcome(await addTo(pid, { ...HAS_MODEL, object: 'info:fedora/islandora:sp_pdf' }))).toBe(201)
    expect(await list(pid, HAS_MODEL)).toEqual([model('islandora:sp_pdf')])
    const elsewhere = 'https://example.org/somewhere#else'
    expect(
      emptyOutcome(
        await addTo(pid, { uri: 'http://purl.org/dc/terms/', predicate: 'relation', object: elsewhere }),
      ),
    ).toBe(201)
    expect(await list(pid, { object: elsewhere })).toMatchObject([{ object: { value: elsewhere } }])
  })

  test.each([
    [{ literal: 'true' }, 'seven'],
    [{ literal: 'true', datatype: 'http://www.w3.org/2001/XMLSchema#string' }, 'seven'],
    [{ literal: 'true', datatype: 'http://www.w3.org/2001/XMLSchema#int' }, '7'],
    [{ literal: 'true', datatype: 'http://www.w3.org/2001/XMLSchema#dateTime' }, '2013-06-23T07:28:32.787Z'],
    [{ type: 'none' }, 'seven'],
    [{ type: 'string' }, 'seven'],
    [{ type: 'int' }, '7'],
    [{ type: 'date' }, '2013-06-23T07:28:32.787Z'],
  ])('literal and datatype, or the type of later scripts: %j', async (kind, object) => {
    const pid = await stage.newObject()
    expect(emptyOutcome(await addTo(pid, { ...PAGE_NUMBER, object, ...kind }))).toBe(201)
    expect(await list(pid)).toEqual([number(object)])
  })

  test.each([
    { uri: '' },
    { predicate: '' },
    { object: '' },
    { literal: 'perhaps' },
    { type: 'picture' },
    { object: 'nul \0' },
  ])('Common Responses > 400: %j', async (fault) => {
    const pid = await stage.newObject()
    const fields = { ...HAS_MODEL, object: 'islandora:sp_pdf', ...fault }
    expect(outcome(await stage.admin.json('POST', `object/${pid}/relationship`, fields))).toBe(400)
    expect(await list(pid)).toEqual([])
  })

  test('Common Responses > 401, 403, 404', async () => {
    const pid = await stage.newObject()
    const fields = { ...HAS_MODEL, object: 'islandora:sp_pdf' }
    expect(
      await outcomesOfDenied(stage, (client) => client.form('POST', `object/${pid}/relationship`, fields)),
    ).toEqual(DENIED)
    expect(outcome(await addTo('islandora:nothing', fields))).toBe(404)
  })
})

describe('Remove An Existing Relationship > DELETE', () => {
  const removeFrom = (pid: string, body: unknown) =>
    stage.admin.json('DELETE', `object/${pid}/relationship`, body)

  test('Request Body (raw) > uri, predicate, object: Response: 200 Ok; No response body', async () => {
    const pid = await related()
    expect(emptyOutcome(await removeFrom(pid, { ...HAS_MODEL, object: 'islandora:sp_pdf' }))).toBe(200)
    expect(await list(pid)).toEqual([model('islandora:sp_document'), number('7')])
  })

  test('Request Body (raw) > literal', async () => {
    const pid = await related()
    expect(emptyOutcome(await removeFrom(pid, { ...PAGE_NUMBER, object: '7', literal: true }))).toBe(200)
    expect(await list(pid)).toEqual([model('islandora:sp_pdf'), model('islandora:sp_document')])
  })

  test('Request Body (raw) > uri and predicate limit the remove, whatever the object', async () => {
    const pid = await related()
    expect(emptyOutcome(await removeFrom(pid, HAS_MODEL))).toBe(200)
    expect(await list(pid)).toEqual([number('7')])
  })

  test('tunnelled: POST with method=DELETE', async () => {
    const pid = await related()
    expect(
      emptyOutcome(await addTo(pid, { ...HAS_MODEL, object: 'islandora:sp_pdf', method: 'DELETE' })),
    ).toBe(200)
    expect(await list(pid, HAS_MODEL)).toEqual([model('islandora:sp_document')])
  })

  test('Common Responses > 400, 401, 403, 404', async () => {
    const pid = await related()
    expect(outcome(await removeFrom(pid, { ...HAS_MODEL, literal: 'perhaps' }))).toBe(400)
    expect(
      await outcomesOfDenied(stage, (client) =>
        client.json('DELETE', `object/${pid}/relationship`, HAS_MODEL),
      ),
    ).toEqual(DENIED)
    expect(outcome(await removeFrom('islandora:nothing', HAS_MODEL))).toBe(404)
    expect(await list(pid)).toHaveLength(3)
  })
})
