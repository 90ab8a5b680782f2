import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Bundle } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formBody, type FormPart } from './form-body.ts'
import { createPerson, RawSession } from './raw-session.ts'
import { refused } from './refused.ts'

const MAX_BYTES = 3 * 1024 * 1024
const reader = { email: 'reader@example.org', password: 'correct horse battery staple' }
let server: TestServer
let build: ReturnType<typeof buildersFor>

beforeAll(async () => {
  server = await startTestServer({ HEXAPLA_MAX_UPLOAD_BYTES: String(MAX_BYTES) })
  build = buildersFor(server.repository)
  await createPerson(server.session(), reader)
})
afterAll(() => server.stop())

const newBundle = async (): Promise<Bundle> => build.bundle((await build.item()).id)
const bitstreamsOf = ({ id }: { id: string }) => `/api/core/bundles/${id}/bitstreams`
const file = (more: Partial<FormPart> = {}): FormPart => ({
  name: 'file',
  filename: 'data.csv',
  type: 'text/csv',
  value: `a,b\n${randomUUID()}`,
  ...more,
})
const properties = (value: unknown): FormPart => ({
  name: 'properties',
  type: 'application/json',
  value: typeof value === 'string' ? value : JSON.stringify(value),
})

function send(
  bundle: { id: string },
  parts: readonly FormPart[],
  options: { headers?: Record<string, string>; session?: ReturnType<TestServer['session']> } = {},
): Promise<Response> {
  const { body, headers } = formBody(parts)
  const { session = server.session() } = options
  return session.post(bitstreamsOf(bundle), { body, headers: { ...headers, ...options.headers } })
}

/** How many files there are in a bundle, in staging, and in the register of what is not permanent yet. */
async function traces(bundle: { id: string }) {
  // A file on its way from staging is there and noted no more for a moment.
  await server.repository.settled()
  const list = await server.session().getJson<{ page: { totalElements: number } }>(bitstreamsOf(bundle))
  return { files: list.page.totalElements, leftovers: (await leftovers()).length }
}
/** What lies in staging and belongs to no file: those of files are made permanent within a second. */
async function leftovers(): Promise<readonly string[]> {
  const rows = await server.repository.database.read
    .selectFrom('content')
    .select('staging_name')
    .where('staging_name', 'is not', null)
    .execute()
  const waiting = new Set(rows.map((row) => row.staging_name))
  const staged = await readdir(join(server.dataDirectory, 'staging'))
  return staged.filter((name) => !waiting.has(name))
}
const NOTHING = { files: 0, leftovers: 0 }
const digest = (value: string | Uint8Array, form: 'base64' | 'hex') =>
  createHash('md5').update(value).digest(form)

describe('an upload', () => {
  test('makes a file of its bytes, with the properties before them', async () => {
    const bundle = await newBundle()
    const sent = file()
    const description = { 'dc.description': [{ value: 'a table', language: 'en' }] }
    const response = await send(bundle, [
      properties({ name: 'table.csv', metadata: description, bundleName: 'ELSEWHERE' }),
      sent,
    ])
    expect(response.status).toBe(201)
    const document = (await response.json()) as { id: string }
    expect(response.headers.get('location')).toBe(`${server.api}/core/bitstreams/${document.id}`)
    expect(document).toMatchObject({
      type: 'bitstream',
      name: 'table.csv',
      bundleName: 'ORIGINAL',
      sizeBytes: sent.value.length,
      checkSum: { checkSumAlgorithm: 'MD5', value: digest(sent.value, 'hex') },
      sequenceId: 1,
      metadata: { 'dc.title': [{ value: 'table.csv' }], 'dc.description': [{ value: 'a table' }] },
    })
    const content = await server.anonymous().get(`/api/core/bitstreams/${document.id}/content`)
    expect(await content.text()).toBe(sent.value)
    expect(content.headers.get('content-type')).toBe('text/csv')
  })

  test('counts properties behind the bytes as well', async () => {
    const metadata = { 'dc.title': [{ value: 'late.csv' }], 'dc.source': [{ value: 'somewhere' }] }
    const response = await send(await newBundle(), [file(), properties({ metadata })])
    expect(await response.json()).toMatchObject({
      name: 'late.csv',
      metadata: { 'dc.source': [{ value: 'somewhere' }], 'dc.title': [{ value: 'late.csv' }] },
    })
  })

  test('works through the client, in whatever order that sends', async () => {
    const bundle = await newBundle()
    const response = await server.session().upload(bitstreamsOf(bundle), {
      file: new Blob(['hello']),
      name: 'hëllo.txt',
      properties: { metadata: {} },
    })
    expect(await response.json()).toMatchObject({ name: 'hëllo.txt', sizeBytes: 5 })
  })

  test('takes its name from the file and its format from the name, where nothing else is said', async () => {
    const bundle = await newBundle()
    const upload = async (part: FormPart) => {
      const { id, name } = (await (await send(bundle, [part])).json()) as { id: string; name: string }
      const format = await server
        .anonymous()
        .getJson<{ mimetype: string }>(`/api/core/bitstreams/${id}/format`)
      return { name, mimetype: format.mimetype }
    }
    // A part without a type counts as text: clients written in Python send such.
    const untyped = { name: 'file', value: '%PDF-1.7', filename: 'C:\\papers\\a.pdf' }
    expect(await upload(untyped)).toEqual({ name: 'a.pdf', mimetype: 'application/pdf' })
    expect(await upload({ ...untyped, filename: 'README', value: 'read me' })).toEqual({
      name: 'README',
      mimetype: 'text/plain',
    })
    expect(await upload({ ...untyped, filename: 'x', value: Buffer.from([0, 1]) })).toEqual({
      name: 'x',
      mimetype: 'application/octet-stream',
    })
  })

  test('is taken plain from a client that calls it gzip, as dspace-rest-client does', async () => {
    const bundle = await newBundle()
    const plain = file()
    const response = await send(bundle, [plain], { headers: { 'content-encoding': 'gzip' } })
    expect(await response.json()).toMatchObject({ checkSum: { value: digest(plain.value, 'hex') } })
  })

  test.each([';application/json', ';type=application/json'])(
    'may have %s behind its properties',
    async (tail) => {
      const bundle = await newBundle()
      const response = await send(bundle, [
        properties(`${JSON.stringify({ name: 'named.csv' })}${tail}`),
        file(),
      ])
      expect(await response.json()).toMatchObject({ name: 'named.csv' })
    },
  )

  test('ignores other files than the first one of its field', async () => {
    const bundle = await newBundle()
    const first = file({ filename: 'first.csv' })
    const response = await send(bundle, [
      file({ name: 'other', filename: 'other.csv' }),
      first,
      file({ filename: 'second.csv' }),
      properties({}),
    ])
    expect(await response.json()).toMatchObject({ name: 'first.csv', sizeBytes: first.value.length })
    expect(await traces(bundle)).toEqual({ ...NOTHING, files: 1 })
  })
})

describe('what was declared', () => {
  test('may be right', async () => {
    const bundle = await newBundle()
    const sent = file()
    const checkSum = { checkSumAlgorithm: 'MD5', value: digest(sent.value, 'hex') }
    const parts = [sent, properties({ sizeBytes: sent.value.length, checkSum })]
    for (const form of ['base64', 'hex'] as const) {
      const headers = { 'content-md5': digest(sent.value, form) }
      expect((await send(bundle, parts, { headers })).status).toBe(201)
    }
  })

  test('is refused where it is wrong, and leaves nothing', async () => {
    const bundle = await newBundle()
    const mismatch = { status: 412, code: 'CHECKSUM_MISMATCH' }
    const wrong = { 'content-md5': digest('something else', 'base64') }
    expect(await refused(send(bundle, [file()], { headers: wrong }))).toEqual(mismatch)
    expect(await refused(send(bundle, [file(), properties({ sizeBytes: 1 })]))).toEqual(mismatch)
    expect(await refused(send(bundle, [properties({ sizeBytes: 1 }), file()]))).toEqual(mismatch)
    const checkSum = { checkSumAlgorithm: 'MD5', value: digest('something else', 'hex') }
    expect(await refused(send(bundle, [file(), properties({ checkSum })]))).toEqual(mismatch)
    const malformed = send(bundle, [file()], { headers: { 'content-md5': 'not base64' } })
    expect(await refused(malformed)).toEqual({ status: 400, code: 'content-md5-malformed' })
    expect(await traces(bundle)).toEqual(NOTHING)
  })
})

describe('an upload is refused', () => {
  test('without a file', async () => {
    const bundle = await newBundle()
    const missing = { status: 400, code: 'file-missing' }
    expect(await refused(send(bundle, []))).toEqual(missing)
    expect(await refused(send(bundle, [properties({ name: 'x' })]))).toEqual(missing)
    expect(await refused(send(bundle, [{ name: 'file', value: 'a plain field' }]))).toEqual(missing)
    expect(await refused(send(bundle, [file({ filename: '', value: '' })]))).toEqual(missing)
    const json = server.session().post(bitstreamsOf(bundle), { json: {} })
    expect(await refused(json)).toEqual({ status: 415, code: 'unsupported-media-type' })
    expect(await traces(bundle)).toEqual(NOTHING)
  })

  test('with properties that are not understood, wherever they stand', async () => {
    const bundle = await newBundle()
    const either = async (value: unknown) => [
      await refused(send(bundle, [properties(value), file()])),
      await refused(send(bundle, [file(), properties(value)])),
    ]
    const both = (status: number, code: string) => [
      { status, code },
      { status, code },
    ]
    expect(await either('{')).toEqual(both(422, 'properties-invalid'))
    expect(await either([])).toEqual(both(422, 'properties-invalid'))
    expect(await either({ metadata: { 'dc.title': 'x' } })).toEqual(both(422, 'metadata-invalid'))
    expect(await either({ metadata: { 'no.field': [{ value: 'x' }] } })).toEqual(both(422, 'FIELD_UNKNOWN'))
    expect(await traces(bundle)).toEqual(NOTHING)
  })

  test('to those who may not, and where there is no bundle', async () => {
    const bundle = await newBundle()
    const to = (session: ReturnType<TestServer['session']>) => refused(send(bundle, [file()], { session }))
    expect(await to(server.anonymous())).toEqual({ status: 401, code: 'NOT_SIGNED_IN' })
    expect(await to(server.session(reader))).toEqual({ status: 403, code: 'NOT_ALLOWED' })
    expect(await refused(send({ id: randomUUID() }, [file()]))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test('before its body is asked for', async () => {
    const bundle = await newBundle()
    const session = new RawSession(server.api)
    await session.logIn(reader)
    const answer = await firstLine(session, `/server${bitstreamsOf(bundle)}`, { 'content-length': '1000' })
    expect(answer).toContain('403')
    const large = { 'content-length': String(10 * MAX_BYTES) }
    expect(await firstLine(session, `/server${bitstreamsOf(bundle)}`, large)).toContain('413')
  })

  test('when it is larger than files may be, announced or not', async () => {
    const bundle = await newBundle()
    const tooLarge = randomBytes(MAX_BYTES + 1)
    const whole = send(bundle, [file({ value: tooLarge })])
    expect(await refused(whole)).toEqual({ status: 413, code: 'TOO_LARGE' })
    const inChunks = server.session().upload(bitstreamsOf(bundle), { file: new Blob([tooLarge]).stream() })
    expect(await refused(inChunks)).toEqual({ status: 413, code: 'TOO_LARGE' })
    const far = send(bundle, [file({ value: randomBytes(MAX_BYTES + 2 * 1024 * 1024) })])
    expect(await refused(far)).toEqual({ status: 413, code: 'upload-too-large' })
    expect(await traces(bundle)).toEqual(NOTHING)
    expect((await send(bundle, [file({ value: tooLarge.subarray(1) })])).status).toBe(201)
  })

  test('when its body is cut short', async () => {
    const bundle = await newBundle()
    const { body, headers } = formBody([file()])
    const short = server
      .session()
      .post(bitstreamsOf(bundle), { body: body.subarray(0, body.length - 10), headers })
    expect(await refused(short)).toEqual({ status: 400, code: 'malformed-multipart' })
    expect(await traces(bundle)).toEqual(NOTHING)
  })
})

test('an upload that is broken off leaves nothing', async () => {
  const bundle = await newBundle()
  const abort = new AbortController()
  async function* endless() {
    yield randomBytes(1024 * 1024)
    await expect.poll(leftovers).toHaveLength(1)
    abort.abort(new Error('enough'))
    yield randomBytes(1024)
  }
  const upload = server.session().upload(bitstreamsOf(bundle), {
    file: endless(),
    size: 2 * 1024 * 1024,
    signal: abort.signal,
  })
  await expect(upload).rejects.toThrow('enough')
  await expect.poll(() => traces(bundle)).toEqual(NOTHING)
})

/** The first line of the answer to a request that waits for `100 Continue` before it sends its body. */
function firstLine(session: RawSession, path: string, more: Record<string, string>): Promise<string> {
  const { hostname, port } = new URL(server.url)
  const headers = {
    host: `${hostname}:${port}`,
    expect: '100-continue',
    'content-type': 'multipart/form-data; boundary=x',
    authorization: `Bearer ${session.token}`,
    cookie: `DSPACE-XSRF-COOKIE=${session.cookie}`,
    'x-xsrf-token': session.csrf,
    ...more,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', reject)
    socket.once('data', (data) => {
      socket.destroy()
      resolve(data.toString('latin1').split('\r\n')[0] ?? '')
    })
    socket.write([`POST ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
  })
}
