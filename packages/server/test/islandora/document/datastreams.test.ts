import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FormFields } from '../islandora-client.ts'
import {
  DENIED,
  outcomesOfDenied,
  emptyOutcome,
  outcome,
  MOMENT,
  startStage,
  textFile,
  type Stage,
} from './stage.ts'

interface DatastreamDocument {
  readonly created: string
  readonly versions: readonly { readonly created: string }[]
}

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.server.stop())

const describePath = async (path: string) =>
  (await stage.anonymous.send('GET', `${path}?content=false`)).json as DatastreamDocument
const replace = (path: string, fields: FormFields) =>
  stage.admin.form('POST', path, { method: 'PUT', ...fields })

describe('Describe A Existing Datastream > GET', () => {
  test('content: false; Response: 200 OK, every property of the table', async () => {
    const path = await stage.newDatastream({
      label: 'A label',
      checksumType: 'SHA-1',
      file: textFile('abc'),
    })
    const answer = await stage.anonymous.send('GET', `${path}?content=false`)
    expect(outcome(answer)).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.json).toEqual({
      dsid: 'OBJ',
      label: 'A label',
      size: 3,
      state: 'A',
      mimeType: 'text/plain',
      controlGroup: 'M',
      versionable: true,
      created: MOMENT,
      checksumType: 'SHA-1',
      checksum: 'a9993e364706816aba3e25717850c26c9cd0d89d',
      versions: [],
    })
  })

  test('checksumType: "DISABLED" if checksums are not enabled; checksum: "none"', async () => {
    const path = await stage.newDatastream()
    expect(await describePath(path)).toMatchObject({ checksumType: 'DISABLED', checksum: 'none' })
  })

  test('content: true, its default: the content with its content-type', async () => {
    const path = await stage.newDatastream({ file: textFile('<mods/>', 'mods.xml', 'text/xml') })
    for (const address of [path, `${path}?content=true`]) {
      const { status, headers, text } = await stage.anonymous.send('GET', address)
      expect({ status, text }).toEqual({ status: 200, text: '<mods/>' })
      expect(headers.get('content-type')).toMatch(/^(?:text|application)\/xml/)
    }
  })

  test('version: the content of that date, or its properties, limited to a subset', async () => {
    const path = await stage.newDatastream({ label: 'Old Label.', file: textFile('old') })
    expect(outcome(await replace(path, { label: 'New label.', file: textFile('newer') }))).toBe(200)
    const { created, versions } = await describePath(path)
    expect(versions).toEqual([
      {
        label: 'Old Label.',
        state: 'A',
        size: 3,
        mimeType: 'text/plain',
        controlGroup: 'M',
        created: MOMENT,
      },
    ])
    const former = versions[0]?.created ?? ''
    expect((await stage.anonymous.send('GET', `${path}?version=${former}`)).text).toBe('old')
    expect((await stage.anonymous.send('GET', `${path}?version=${created}`)).text).toBe('newer')
    const subset = await stage.anonymous.send('GET', `${path}?content=false&version=${former}`)
    expect(subset.json).toEqual({ dsid: 'OBJ', ...versions[0] })
  })

  test('versions: not including the latest, the newest of them first', async () => {
    const path = await stage.newDatastream()
    for (const _ of [1, 2]) expect(outcome(await replace(path, { file: textFile() }))).toBe(200)
    const { created, versions } = await describePath(path)
    const dates = [created, ...versions.map((version) => version.created)]
    expect(dates).toHaveLength(3)
    expect(dates).toEqual(dates.toSorted().toReversed())
    expect(new Set(dates).size).toBe(3)
  })

  test('Common Responses > 400', async () => {
    const path = await stage.newDatastream()
    for (const query of ['content=perhaps', 'version=yesterday', 'content=false&version=2013-02-31']) {
      expect(outcome(await stage.admin.send('GET', `${path}?${query}`))).toBe(400)
    }
  })

  test('Common Responses > 404: object, datastream, version', async () => {
    const path = await stage.newDatastream()
    for (const address of [
      'object/islandora:nothing/datastream/OBJ',
      path.replace('OBJ', 'TN'),
      `${path}?version=2013-06-23T07:28:32.787Z`,
      `${path}?content=false&version=2013-06-23T07:28:32.787Z`,
    ]) {
      expect(outcome(await stage.anonymous.send('GET', address))).toBe(404)
    }
  })
})

describe('Create A New Datastream > POST (form-data)', () => {
  const add = (pid: string, fields: FormFields) =>
    stage.admin.form('POST', `object/${pid}/datastream`, fields)

  test('everything; Response: 201 Created, the same as of GET', async () => {
    const pid = await stage.newObject()
    const content = '<mods/>'
    const answer = await add(pid, {
      dsid: 'MODS',
      label: 'MODS Record',
      state: 'I',
      mimeType: 'application/mods+xml',
      checksumType: 'MD5',
      controlGroup: 'X',
      versionable: 'false',
      file: textFile(content, 'mods.xml', 'text/xml'),
    })
    expect(outcome(answer)).toBe(201)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.json).toEqual({
      dsid: 'MODS',
      label: 'MODS Record',
      state: 'I',
      size: content.length,
      mimeType: 'application/mods+xml',
      checksumType: 'MD5',
      checksum: createHash('md5').update(content).digest('hex'),
      controlGroup: 'X',
      versionable: false,
      created: MOMENT,
      versions: [],
    })
    const seen = await stage.admin.send('GET', `object/${pid}/datastream/MODS?content=false`)
    expect(seen.json).toEqual(answer.json)
  })

  test('dsid and file alone: state “A”, checksumType “DISABLED”, versionable, mimeType guessed from the file', async () => {
    const pid = await stage.newObject()
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk', 'base64')
    const file = new File([png], 'picture', { type: 'application/octet-stream' })
    expect(await add(pid, { dsid: 'TN', file })).toMatchObject({
      status: 201,
      json: {
        dsid: 'TN',
        state: 'A',
        mimeType: 'image/png',
        checksumType: 'DISABLED',
        checksum: 'none',
        versionable: true,
      },
    })
    expect(await add(pid, { dsid: 'TXT', file: textFile('x', 'notes.txt', '') })).toMatchObject({
      json: { mimeType: 'text/plain' },
    })
  })

  test('the multipart file may come first, under any name', async () => {
    const pid = await stage.newObject()
    const fields = { 'files[a]': textFile('first'), dsid: 'OBJ', label: 'Behind it' }
    expect(await add(pid, fields)).toMatchObject({ status: 201, json: { dsid: 'OBJ', label: 'Behind it' } })
  })

  test.each([
    ['DISABLED', 'none'],
    ['MD5', '900150983cd24fb0d6963f7d28e17f72'],
    ['SHA-1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ...['sha256', 'sha384', 'sha512'].map((name) => [
      name.replace('sha', 'SHA-'),
      createHash(name).update('abc').digest('hex'),
    ]),
  ])('checksumType %s', async (checksumType = '', checksum = '') => {
    const path = await stage.newDatastream({ checksumType, file: textFile('abc') })
    expect(await describePath(path)).toMatchObject({ checksumType, checksum })
  })

  test.each(['X', 'M'])('controlGroup %s: kept here', async (controlGroup) => {
    const file = textFile('<mods/>', 'mods.xml', 'text/xml')
    const path = await stage.newDatastream({ controlGroup, file })
    expect(await describePath(path)).toMatchObject({ controlGroup })
    expect((await stage.anonymous.send('GET', path)).text).toBe('<mods/>')
  })

  test.each(['A', 'I', 'D'])('state %s', async (state) => {
    const path = await stage.newDatastream({ state })
    const { json } = await stage.admin.send('GET', `${path}?content=false`)
    expect(json).toMatchObject({ state })
  })

  test.each([
    [{ dsid: '' }],
    [{ dsid: '1 2' }],
    [{ state: 'X' }],
    [{ mimeType: 'picture' }],
    [{ checksumType: 'CRC' }],
    [{ controlGroup: 'Z' }],
    [{ versionable: 'perhaps' }],
  ])('Common Responses > 400, and nothing is made: %j', async (fault) => {
    const pid = await stage.newObject()
    expect(outcome(await add(pid, { dsid: 'OBJ', file: textFile(), ...fault }))).toBe(400)
    expect(outcome(await stage.admin.send('GET', `object/${pid}/datastream/OBJ`))).toBe(404)
  })

  test('Common Responses > 400: no file, no dsid', async () => {
    const pid = await stage.newObject()
    expect(outcome(await add(pid, { dsid: 'OBJ' }))).toBe(400)
    expect(outcome(await add(pid, { file: textFile() }))).toBe(400)
  })

  test('Common Responses > 401, 403, 404', async () => {
    const pid = await stage.newObject()
    const fields = () => ({ dsid: 'OBJ', file: textFile() })
    expect(
      await outcomesOfDenied(stage, (client) => client.form('POST', `object/${pid}/datastream`, fields())),
    ).toEqual(DENIED)
    expect(outcome(await add('islandora:nothing', fields()))).toBe(404)
  })

  test('409: a dsid that is taken', async () => {
    const path = await stage.newDatastream()
    expect(outcome(await add(path.split('/')[1] ?? '', { dsid: 'OBJ', file: textFile() }))).toBe(409)
  })
})

describe('Modify An Existing Datastreams Properties And Content > PUT', () => {
  test.each([
    { label: 'Another label' },
    { state: 'I' },
    { mimeType: 'application/x-note' },
    { checksumType: 'SHA-256' },
    { checksumType: 'DISABLED' },
    { versionable: false },
    {},
  ])('Request Body (raw) > %j: what is not given stays; Response: 200 Ok', async (change) => {
    const content = 'the content'
    const path = await stage.newDatastream({ checksumType: 'MD5', label: 'A label', file: textFile(content) })
    const before = await describePath(path)
    const answer = await stage.admin.json('PUT', path, change)
    expect(outcome(answer)).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    const { checksumType } = { checksumType: 'MD5', ...change }
    const algorithm = { MD5: 'md5', 'SHA-256': 'sha256' }[checksumType]
    const checksum = algorithm === undefined ? 'none' : createHash(algorithm).update(content).digest('hex')
    expect(answer.json).toEqual({ ...before, ...change, checksum })
    expect((await stage.admin.send('GET', `${path}?content=false`)).json).toEqual(answer.json)
  })

  test.each(['POST with method=PUT', 'PUT'])('multipart file as request content: %s', async (way) => {
    const path = await stage.newDatastream({ file: textFile('old') })
    const fields = { label: 'New label', file: textFile('newer') }
    const answer = way === 'PUT' ? await stage.admin.form('PUT', path, fields) : await replace(path, fields)
    expect(outcome(answer)).toBe(200)
    expect(answer.json).toMatchObject({ label: 'New label', size: 5, versions: [{ size: 3 }] })
    expect((await stage.anonymous.send('GET', path)).text).toBe('newer')
  })

  test('mimeType: guessed from the uploaded file where it is not provided', async () => {
    const path = await stage.newDatastream()
    const { json } = await replace(path, { file: textFile('%PDF-1.7\n', 'paper.pdf', '') })
    expect(json).toMatchObject({ mimeType: 'application/pdf' })
  })

  test('versionable false: the former content is gone', async () => {
    const path = await stage.newDatastream({ versionable: '0' })
    expect(outcome(await replace(path, { file: textFile() }))).toBe(200)
    expect(await describePath(path)).toMatchObject({ versions: [] })
  })

  test.each([{ state: 'X' }, { mimeType: 'picture' }, { checksumType: 'CRC' }, { versionable: 'perhaps' }])(
    'Common Responses > 400, and nothing changes: %j',
    async (fault) => {
      const path = await stage.newDatastream()
      const before = await describePath(path)
      expect(outcome(await stage.admin.json('PUT', path, { label: 'Other', ...fault }))).toBe(400)
      const { versionable, ...rest } = { versionable: true, ...fault }
      expect(
        outcome(await replace(path, { ...rest, versionable: String(versionable), file: textFile() })),
      ).toBe(400)
      expect(await describePath(path)).toEqual(before)
    },
  )

  test('Common Responses > 401, 403, 404', async () => {
    const path = await stage.newDatastream()
    expect(await outcomesOfDenied(stage, (client) => client.json('PUT', path, { label: 'x' }))).toEqual(
      DENIED,
    )
    expect(
      await outcomesOfDenied(stage, (client) =>
        client.form('POST', path, { method: 'PUT', file: textFile() }),
      ),
    ).toEqual(DENIED)
    expect(outcome(await stage.admin.json('PUT', path.replace('OBJ', 'TN'), { label: 'x' }))).toBe(404)
    expect(outcome(await stage.admin.json('PUT', 'object/islandora:nothing/datastream/OBJ', {}))).toBe(404)
  })
})

describe('Delete An Existing Datastream > DELETE', () => {
  test('Get Variables > pid, dsid: Response: 200 OK; No response body', async () => {
    const path = await stage.newDatastream()
    expect(emptyOutcome(await stage.admin.send('DELETE', path))).toBe(200)
    expect(outcome(await stage.admin.send('GET', `${path}?content=false`))).toBe(404)
    expect(outcome(await stage.admin.send('DELETE', path))).toBe(404)
  })

  test('tunnelled: POST with method=DELETE', async () => {
    const path = await stage.newDatastream()
    expect(emptyOutcome(await stage.admin.form('POST', path, { method: 'DELETE' }))).toBe(200)
    expect(outcome(await stage.admin.send('GET', path))).toBe(404)
  })

  test('Common Responses > 401, 403, and the datastream stays', async () => {
    const path = await stage.newDatastream()
    expect(await outcomesOfDenied(stage, (client) => client.send('DELETE', path))).toEqual(DENIED)
    expect(outcome(await stage.anonymous.send('GET', `${path}?content=false`))).toBe(200)
  })
})
