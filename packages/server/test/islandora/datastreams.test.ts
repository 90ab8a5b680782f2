import { randomUUID } from 'node:crypto'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import {
  administratorClient,
  basic,
  islandoraClient,
  tokenOf,
  type FormFields,
  type IslandoraClient,
} from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

interface DatastreamDocument {
  readonly created: string
  readonly versions: readonly { readonly created: string; readonly label: string }[]
}

let server: TestServer
let admin: IslandoraClient
let jane: IslandoraClient
let anonymous: IslandoraClient
let build: ReturnType<typeof buildersFor>
beforeAll(async () => {
  server = await startTestServer({ HEXAPLA_MAX_UPLOAD_BYTES: '1000000' })
  build = buildersFor(server.repository)
  admin = await administratorClient(server)
  anonymous = islandoraClient(server)
  await createPerson(server.session(), JANE)
  jane = islandoraClient(server, basic(JANE.email, await tokenOf(server, 'write', JANE)))
})
afterAll(() => server.stop())

const newObject = async (): Promise<string> =>
  ((await admin.send('POST', 'object')).json as { pid: string }).pid
const file = (content = `content ${randomUUID()}`, name = 'a.txt', type = 'text/plain') =>
  new File([content], name, { type })
const add = (pid: string, fields: FormFields) => admin.form('POST', `object/${pid}/datastream`, fields)
/** The path of a new datastream OBJ. */
async function newDatastream(fields: FormFields = {}): Promise<string> {
  const pid = await newObject()
  expect((await add(pid, { dsid: 'OBJ', file: file(), ...fields })).status).toBe(201)
  return `object/${pid}/datastream/OBJ`
}
const properties = async (path: string) =>
  (await admin.send('GET', `${path}?content=false`)).json as DatastreamDocument
const at = (path: string, moment: string | undefined) => `${path}?version=${encodeURIComponent(moment ?? '')}`

describe('Describe A Existing Datastream', () => {
  test('content=false: the properties that the document lists', async () => {
    const path = await newDatastream({ label: 'A label', checksumType: 'SHA-1', file: file('abc') })
    const { status, json } = await anonymous.send('GET', `${path}?content=false`)
    expect(status).toBe(200)
    expect(json).toEqual({
      dsid: 'OBJ',
      label: 'A label',
      state: 'A',
      size: 3,
      mimeType: 'text/plain',
      controlGroup: 'M',
      created: expect.stringMatching(MOMENT),
      checksumType: 'SHA-1',
      checksum: 'a9993e364706816aba3e25717850c26c9cd0d89d',
      versionable: true,
      versions: [],
    })
  })

  test('content, which is so by default, with its type, validators and a disposition', async () => {
    const path = await newDatastream({ file: file('0123456789', 'ten digits.txt') })
    for (const address of [path, `${path}?content=true`]) {
      const { status, headers, text } = await anonymous.send('GET', address)
      expect({ status, text }).toEqual({ status: 200, text: '0123456789' })
      expect(headers.get('content-type')).toMatch(/^text\/plain/)
      expect(headers.get('content-disposition')).toMatch(/^inline;.*ten digits\.txt/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('last-modified')).not.toBeNull()
    }
  })

  test('ranges, and 304 for those who have it', async () => {
    const path = await newDatastream({ file: file('0123456789') })
    const part = await anonymous.send('GET', path, { headers: { range: 'bytes=2-4' } })
    expect(part).toMatchObject({ status: 206, text: '234' })
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10')
    const etag = part.headers.get('etag') ?? ''
    expect((await anonymous.send('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    const since = part.headers.get('last-modified') ?? ''
    expect((await anonymous.send('GET', path, { headers: { 'if-modified-since': since } })).status).toBe(304)
    expect((await anonymous.send('GET', path, { headers: { range: 'bytes=20-' } })).status).toBe(416)
  })

  test('pages and scripts are saved, not shown', async () => {
    const page = file('<script>alert(1)</script>', 'page.html', 'text/html')
    const { headers } = await anonymous.send('GET', await newDatastream({ file: page }))
    expect(headers.get('content-disposition')).toMatch(/^attachment/)
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  test('version: a former content and its properties, by its created date', async () => {
    const path = await newDatastream({ file: file('first'), label: 'First' })
    const { created } = await properties(path)
    await admin.form('PUT', path, { file: file('second'), label: 'Second' })
    expect((await anonymous.send('GET', path)).text).toBe('second')
    expect((await anonymous.send('GET', at(path, created))).text).toBe('first')
    const { json } = await anonymous.send('GET', `${at(path, created)}&content=false`)
    expect(json).toEqual({
      dsid: 'OBJ',
      label: 'First',
      state: 'A',
      size: 5,
      mimeType: 'text/plain',
      controlGroup: 'M',
      created,
    })
    const now = await properties(path)
    expect(now).toMatchObject({ label: 'Second', size: 6, versions: [{ label: 'First', created }] })
    expect((await anonymous.send('GET', at(path, now.created))).text).toBe('second')
  })

  test('404 for an unknown object, datastream or version; 400 for what is no date', async () => {
    const path = await newDatastream()
    expect((await anonymous.send('GET', 'object/no:1/datastream/OBJ')).status).toBe(404)
    expect((await anonymous.send('GET', path.replace('OBJ', 'TN'))).status).toBe(404)
    expect((await anonymous.send('GET', at(path, '2001-01-01T00:00:00Z'))).status).toBe(404)
    expect((await anonymous.send('GET', at(path, 'yesterday'))).status).toBe(400)
    expect((await anonymous.send('GET', `${path}?content=perhaps`)).status).toBe(400)
  })

  test('401 and 403 for one that may not be read', async () => {
    const item = await build.item()
    await build.file((await build.bundle(item.id, 'LICENSE')).id)
    const path = `object/${item.pid}/datastream/LICENSE`
    expect((await anonymous.send('GET', path)).status).toBe(401)
    expect((await jane.send('GET', `${path}?content=false`)).status).toBe(403)
    expect((await admin.send('GET', path)).status).toBe(200)
  })
})

describe('Create A New Datastream', () => {
  test('201: every field of the document, before and behind the file', async () => {
    const fields = {
      label: 'L',
      state: 'I',
      mimeType: 'application/x-made-up',
      checksumType: 'SHA-256',
      controlGroup: 'X',
    }
    const shown = { ...fields, dsid: 'DATA', versionable: false }
    const [one, other] = [await newObject(), await newObject()]
    const before = await add(one, {
      dsid: 'DATA',
      ...fields,
      versionable: 'false',
      file: file('<a/>', 'a.xml'),
    })
    const behind = await add(other, {
      upload: file('<a/>', 'a.xml'),
      dsid: 'DATA',
      ...fields,
      versionable: 'false',
    })
    for (const { status, json } of [before, behind]) {
      expect(status).toBe(201)
      expect(json).toMatchObject(shown)
    }
    expect((await admin.send('GET', `object/${one}/datastream/DATA?content=false`)).json).toEqual(before.json)
    expect((await admin.send('GET', `object/${one}/datastream/DATA`)).headers.get('content-type')).toMatch(
      /^application\/x-made-up/,
    )
  })

  test('defaults: state A, checksums DISABLED, versionable, the type that the file shows', async () => {
    const pid = await newObject()
    const { json } = await add(pid, {
      dsid: 'TN',
      file: file('%PDF-1.7\n', 'paper.pdf', 'application/octet-stream'),
    })
    expect(json).toMatchObject({
      state: 'A',
      checksumType: 'DISABLED',
      checksum: 'none',
      versionable: true,
      mimeType: 'application/pdf',
    })
  })

  test('409: one that exists', async () => {
    const pid = await newObject()
    await add(pid, { dsid: 'OBJ', file: file() })
    expect(await add(pid, { dsid: 'OBJ', file: file() })).toMatchObject({
      status: 409,
      json: { message: expect.stringContaining('OBJ') },
    })
  })

  test('400: no dsid or a wrong one, no file, a value that is none', async () => {
    const pid = await newObject()
    expect((await add(pid, { file: file() })).status).toBe(400)
    expect((await add(pid, { dsid: '1 2', file: file() })).status).toBe(400)
    expect((await add(pid, { dsid: 'DC', file: file() })).status).toBe(409)
    expect((await add(pid, { dsid: 'OBJ' })).status).toBe(400)
    for (const wrong of [
      { state: 'B' },
      { checksumType: 'CRC' },
      { controlGroup: 'E' },
      { versionable: 'maybe' },
      { mimeType: 'nothing' },
      { mimeType: 'text/plain; charset=\u{1F600}' },
    ]) {
      expect((await add(pid, { dsid: 'OBJ', file: file(), ...wrong })).status).toBe(400)
    }
    expect((await admin.send('GET', `object/${pid}`)).json).toMatchObject({ pid })
    expect((await admin.send('GET', `object/${pid}/datastream/OBJ`)).status).toBe(404)
  })

  test('401, 403, 404, 405, 413', async () => {
    const pid = await newObject()
    const fields = { dsid: 'OBJ', file: file() }
    expect((await anonymous.form('POST', `object/${pid}/datastream`, fields)).status).toBe(401)
    expect((await jane.form('POST', `object/${pid}/datastream`, fields)).status).toBe(403)
    expect((await add('no:1', fields)).status).toBe(404)
    expect((await add(pid, { ...fields, method: 'PUT' })).status).toBe(405)
    expect((await admin.send('GET', `object/${pid}/datastream`)).status).toBe(405)
    expect((await add(pid, { dsid: 'OBJ', file: file('x'.repeat(1_000_001)) })).status).toBe(413)
    expect((await admin.send('GET', `object/${pid}/datastream/OBJ`)).status).toBe(404)
  })
})

describe('Modify An Existing Datastreams Properties And Content', () => {
  test('200: properties by JSON, only those given', async () => {
    const path = await newDatastream({ label: 'Before', file: file('abc') })
    const change = { state: 'I', versionable: false, checksumType: 'MD5', mimeType: 'text/csv' }
    const { status, json } = await admin.json('PUT', path, change)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      ...change,
      label: 'Before',
      checksum: '900150983cd24fb0d6963f7d28e17f72',
      versions: [],
    })
    expect((await admin.json('PUT', path, { label: 'After' })).json).toMatchObject({
      ...change,
      label: 'After',
    })
  })

  test('content and properties by multipart PUT, which the original leaves undone', async () => {
    const path = await newDatastream()
    const answer = await admin.form('PUT', path, { label: 'New', file: file('new', 'new.csv', 'text/csv') })
    expect(answer).toMatchObject({ status: 200, json: { label: 'New', size: 3, mimeType: 'text/csv' } })
    expect((await anonymous.send('GET', path)).text).toBe('new')
  })

  test('the same by POST with the field method=PUT, before or behind the file', async () => {
    const path = await newDatastream()
    expect((await admin.form('POST', path, { method: 'PUT', file: file('one') })).status).toBe(200)
    expect((await admin.form('POST', path, { file: file('two'), method: 'PUT' })).status).toBe(200)
    expect((await admin.form('POST', path, { method: 'PUT', label: 'L' })).json).toMatchObject({ label: 'L' })
    expect((await anonymous.send('GET', path)).text).toBe('two')
    expect((await admin.form('POST', path, { file: file('three'), method: 'DELETE' })).status).toBe(405)
    expect((await admin.form('POST', path, { label: 'L' })).status).toBe(405)
    expect((await anonymous.send('GET', path)).text).toBe('two')
  })

  test('versions: one more for each replaced content, newest first, dates distinct among writers at once', async () => {
    const path = await newDatastream()
    const contents = Array.from({ length: 8 }, (_, index) => `content ${index}`)
    const answers = await Promise.all(contents.map((one) => admin.form('PUT', path, { file: file(one) })))
    expect(answers.map(({ status }) => status)).toEqual(contents.map(() => 200))
    const { created, versions } = await properties(path)
    const dates = [created, ...versions.map((version) => version.created)]
    expect(new Set(dates).size).toBe(9)
    expect(dates).toEqual(dates.toSorted().toReversed())
    const read = await Promise.all(dates.slice(0, 8).map((date) => anonymous.send('GET', at(path, date))))
    expect(read.map(({ text }) => text).toSorted()).toEqual(contents)
  })

  test('not versionable: the former content is gone', async () => {
    const path = await newDatastream({ versionable: 'false' })
    const { created } = await properties(path)
    expect((await admin.form('PUT', path, { file: file() })).json).toMatchObject({ versions: [] })
    expect((await admin.send('GET', at(path, created))).status).toBe(404)
  })

  test('400, 401, 403, 404', async () => {
    const path = await newDatastream()
    expect((await admin.json('PUT', path, { state: 'Z' })).status).toBe(400)
    expect((await anonymous.json('PUT', path, { label: 'L' })).status).toBe(401)
    expect((await jane.json('PUT', path, { label: 'L' })).status).toBe(403)
    expect((await jane.form('PUT', path, { file: file() })).status).toBe(403)
    expect((await admin.json('PUT', path.replace('OBJ', 'TN'), { label: 'L' })).status).toBe(404)
  })
})

describe('Delete An Existing Datastream', () => {
  test('200 without a body; then it is not there, and may come anew', async () => {
    const path = await newDatastream()
    expect(await admin.send('DELETE', path)).toMatchObject({ status: 200, text: '' })
    expect((await admin.send('GET', path)).status).toBe(404)
    expect((await admin.send('DELETE', path)).status).toBe(404)
    const pid = path.split('/')[1] ?? ''
    expect((await add(pid, { dsid: 'OBJ', file: file() })).json).toMatchObject({ dsid: 'OBJ', versions: [] })
  })

  test('POST with the field method=DELETE', async () => {
    const path = await newDatastream()
    expect((await admin.form('POST', path, { method: 'DELETE' })).status).toBe(200)
    expect((await admin.send('GET', path)).status).toBe(404)
  })

  test('version: one content alone, from the to-do list of the original', async () => {
    const path = await newDatastream({ file: file('one') })
    await admin.form('PUT', path, { file: file('two') })
    await admin.form('PUT', path, { file: file('three') })
    const before = await properties(path)
    const [second, first] = before.versions
    expect(await admin.send('DELETE', at(path, second?.created))).toMatchObject({ status: 200, text: '' })
    expect((await properties(path)).versions).toEqual([first])
    expect((await admin.send('DELETE', at(path, second?.created))).status).toBe(404)
    await admin.send('DELETE', at(path, before.created))
    expect((await anonymous.send('GET', path)).text).toBe('one')
    expect(await properties(path)).toMatchObject({ created: first?.created, versions: [] })
    await admin.send('DELETE', at(path, first?.created))
    expect((await admin.send('GET', path)).status).toBe(404)
  })

  test('401 and 403', async () => {
    const path = await newDatastream()
    expect((await anonymous.send('DELETE', path)).status).toBe(401)
    expect((await jane.send('DELETE', path)).status).toBe(403)
    expect((await jane.send('DELETE', at(path, (await properties(path)).created))).status).toBe(403)
  })
})
