import { Readable } from 'node:stream'
import {
  isNotModified,
  requireMatch,
  RestHandler,
  sendContent,
  type ByteRange,
  type SendableContent,
} from '@hexapla/rest'
import { expect, test } from 'vitest'
import { codeOf, serve } from './serve.ts'

const text = 'The quick brown fox jumps over the lazy dog'
const modified = new Date('2026-01-02T03:04:05.678Z')
const opened: (ByteRange | undefined)[] = []

const content: SendableContent = {
  size: text.length,
  type: 'text/x-fox',
  etag: 'v1',
  lastModified: modified,
  disposition: { type: 'attachment', filename: 'füchse.txt' },
  open: (range) => {
    opened.push(range)
    return Readable.from([Buffer.from(range === undefined ? text : text.slice(range.start, range.end + 1))])
  },
}

class Content extends RestHandler<{ content: SendableContent }> {
  override async get() {
    return await sendContent(this.request, this.response, this.deps.content)
  }
}

async function get(
  headers: Record<string, string> = {},
  method = 'GET',
  change: Partial<SendableContent> = {},
) {
  const { url } = await serve((server) =>
    server.addRoute('/', Content, { deps: { content: { ...content, ...change } } }),
  )
  opened.length = 0
  return await fetch(url, { method, headers })
}

test('all of it, with what describes it', async () => {
  const response = await get()
  expect(await response.text()).toBe(text)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/x-fox',
    'content-length': String(text.length),
    etag: '"v1"',
    'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
    'accept-ranges': 'bytes',
    'content-disposition': `attachment; filename="f?chse.txt"; filename*=UTF-8''f%C3%BCchse.txt`,
  })
})

test('HEAD opens nothing', async () => {
  const response = await get({ range: 'bytes=0-1' }, 'HEAD')
  expect([response.status, response.headers.get('content-length')]).toEqual([200, String(text.length)])
  expect(opened).toEqual([])
})

test.each([
  ['bytes=4-8', 'quick', 'bytes 4-8/43'],
  ['bytes=-3', 'dog', 'bytes 40-42/43'],
  ['bytes=40-', 'dog', 'bytes 40-42/43'],
  ['bytes=0-99', text, 'bytes 0-42/43'],
])('%s is a part', async (range, part, contentRange) => {
  const response = await get({ range })
  expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
    206,
    contentRange,
    part,
  ])
  expect(response.headers.get('content-length')).toBe(String(part.length))
})

test('several ranges are a multipart body of the announced length', async () => {
  const response = await get({ range: 'bytes=4-8,40-42' })
  expect(response.status).toBe(206)
  const boundary = /^multipart\/byteranges; boundary=(\w+)$/.exec(
    response.headers.get('content-type') ?? '',
  )?.[1]
  const body = await response.text()
  expect(body).toBe(
    `\r\n--${boundary}\r\nContent-Type: text/x-fox\r\nContent-Range: bytes 4-8/43\r\n\r\nquick` +
      `\r\n--${boundary}\r\nContent-Type: text/x-fox\r\nContent-Range: bytes 40-42/43\r\n\r\ndog` +
      `\r\n--${boundary}--\r\n`,
  )
  expect(response.headers.get('content-length')).toBe(String(body.length))
  expect(response.headers.get('content-range')).toBe(null)
})

test('a range outside is 416 with the size', async () => {
  const response = await get({ range: 'bytes=43-' })
  expect([response.status, response.headers.get('content-range'), await codeOf(response)]).toEqual([
    416,
    'bytes */43',
    'range-not-satisfiable',
  ])
  expect(opened).toEqual([])
})

test.each(['items=0-1', 'bytes=3-1', `bytes=${'0-,'.repeat(5)}`])('%s is ignored', async (range) => {
  const response = await get({ range })
  expect([response.status, await response.text()]).toEqual([200, text])
})

test.each([
  ['"v1"', 206],
  ['W/"v1"', 200],
  ['"v0"', 200],
  ['Fri, 02 Jan 2026 03:04:05 GMT', 206],
  ['Fri, 02 Jan 2026 03:04:06 GMT', 200],
  ['nonsense', 200],
])('If-Range %s gives %i', async (ifRange, status) => {
  expect((await get({ range: 'bytes=0-1', 'if-range': ifRange })).status).toBe(status)
})

test.each([
  [{ 'if-none-match': '"v1"' }, 304],
  [{ 'if-none-match': 'W/"v1", "x"' }, 304],
  [{ 'if-none-match': '*' }, 304],
  [{ 'if-none-match': '"v0"' }, 200],
  [{ 'if-none-match': '"v0"', 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, 200],
  [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, 304],
  [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 200],
  [{ 'if-modified-since': 'yesterday' }, 200],
  [{ 'if-none-match': '"v1"', range: 'bytes=0-1' }, 304],
  [{ 'if-match': '"v0"' }, 412],
  [{ 'if-match': '"v1"', range: 'bytes=0-1' }, 206],
  [{ 'if-unmodified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 412],
] as [Record<string, string>, number][])('%j gives %i', async (headers, status) => {
  const response = await get(headers)
  expect(response.status).toBe(status)
  expect(opened.length).toBe(status === 200 || status === 206 ? 1 : 0)
})

test('304 keeps what describes the content, but not its length', async () => {
  const response = await get({ 'if-none-match': '"v1"' })
  const { headers } = response
  expect([headers.get('etag'), headers.get('last-modified')]).toEqual([
    '"v1"',
    'Fri, 02 Jan 2026 03:04:05 GMT',
  ])
  expect([headers.get('content-length'), headers.get('content-type')]).toEqual([null, null])
})

test('empty content has no ranges but is no fault', async () => {
  const whole = await get({}, 'GET', { size: 0, open: () => Readable.from([]) })
  expect([whole.status, whole.headers.get('content-length')]).toEqual([200, '0'])
  expect((await get({ range: 'bytes=0-' }, 'GET', { size: 0 })).status).toBe(416)
})

class Document extends RestHandler<{ etag: string | undefined; weak: boolean; required: boolean }> {
  override get() {
    this.response.etag('v1').lastModified(modified)
    if (isNotModified(this.request, { etag: 'v1', lastModified: modified }))
      return this.response.notModified()
    return { toJSON: () => 'serialised' }
  }

  override put() {
    const { etag, weak, required } = this.deps
    requireMatch(this.request, etag, { weak, required, lastModified: modified })
  }
}

test('a document that the caller has is 304 without content', async () => {
  const { url } = await serve((server) =>
    server.addRoute('/', Document, { deps: { etag: 'v1', weak: false, required: false } }),
  )
  const response = await fetch(url, { headers: { 'if-none-match': '"v1"' } })
  expect([response.status, response.headers.get('etag'), response.headers.get('content-type')]).toEqual([
    304,
    '"v1"',
    null,
  ])
  expect(await (await fetch(url)).json()).toBe('serialised')
})

test.each([
  ['v1', {}, 204],
  ['v1', { 'if-match': '"v1"' }, 204],
  ['v1', { 'if-match': '"v0", "v1"' }, 204],
  ['v1', { 'if-match': '*' }, 204],
  ['v1', { 'if-match': 'W/"v1"' }, 412],
  ['v1', { 'if-match': '"v0"' }, 412],
  ['v1', { 'if-match': 'v1' }, 400],
  ['W/"v1"', { 'if-match': '"v1"' }, 412],
  [undefined, { 'if-match': '*' }, 412],
  [undefined, { 'if-none-match': '*' }, 204],
  ['v1', { 'if-none-match': '*' }, 412],
  ['v1', { 'if-none-match': 'W/"v1"' }, 412],
  ['v1', { 'if-none-match': '"v0"' }, 204],
  ['v1', { 'if-unmodified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, 204],
  ['v1', { 'if-unmodified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 412],
  ['v1', { 'if-match': '"v1"', 'if-unmodified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 204],
  ['v1', { 'if-unmodified-since': 'never' }, 204],
] as [string | undefined, Record<string, string>, number][])(
  'current %s, %j: %i',
  async (etag, headers, status) => {
    const { url } = await serve((server) =>
      server.addRoute('/', Document, { deps: { etag, weak: false, required: false } }),
    )
    expect((await fetch(url, { method: 'PUT', headers })).status).toBe(status)
  },
)

test('weak tags are taken by option, and a condition may be demanded', async () => {
  const { url } = await serve((server) =>
    server.addRoute('/', Document, { deps: { etag: 'W/"v1"', weak: true, required: true } }),
  )
  const put = async (headers: Record<string, string>) => (await fetch(url, { method: 'PUT', headers })).status
  expect(await put({ 'if-match': 'W/"v1"' })).toBe(204)
  expect(await put({ 'if-match': '"v1"' })).toBe(204)
  expect(await put({ 'if-match': '"v2"' })).toBe(412)
  expect(await put({})).toBe(428)
})
