import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { RestHandler } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { codeOf, dial, serve } from './serve.ts'

class Bodies extends RestHandler {
  override async post() {
    const { request } = this
    switch (request.param('kind')) {
      case 'json':
        return { got: await request.json() }
      case 'patch':
        return { got: await request.json({ types: ['application/json-patch+json'] }) }
      case 'form':
        return [...(await request.form())]
      case 'text':
        return { got: await request.text(['text/plain', 'text/csv']) }
      case 'uris':
        return await request.uriList()
      case 'twice':
        await request.json()
        return await request.bytes()
      default: {
        const hash = createHash('sha256')
        for await (const chunk of request.stream()) hash.update(chunk as Buffer)
        return { sha256: hash.digest('hex') }
      }
    }
  }
}

const start = async () => await serve((server) => server.addRoute('/:kind', Bodies, { bodyLimit: 1000 }))

async function post(
  url: string,
  kind: string,
  type: string | undefined,
  body: string | Uint8Array<ArrayBuffer>,
) {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
  return await fetch(`${url}/${kind}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? Buffer.from(body) : body,
  })
}

test.each([
  ['json', 'application/json', '{"a":[1,"ü"]}', { got: { a: [1, 'ü'] } }],
  ['json', 'application/vnd.api+json; charset=utf-8', 'null', { got: null }],
  ['json', 'APPLICATION/JSON', '\ufeff1', { got: 1 }],
  ['patch', 'application/json-patch+json', '[]', { got: [] }],
  [
    'form',
    'application/x-www-form-urlencoded',
    'user=a%40b.c&x=1+2&x=%C3%BC',
    [
      ['user', 'a@b.c'],
      ['x', '1 2'],
      ['x', 'ü'],
    ],
  ],
  ['text', 'text/csv', 'a,b', { got: 'a,b' }],
  ['text', 'text/plain; charset=iso-8859-1', new Uint8Array([0xfc]), { got: 'ü' }],
  ['uris', 'text/uri-list', '# both\r\n https://a/1 \r\n\nhttps://b/2\n', ['https://a/1', 'https://b/2']],
  ['uris', 'text/uri-list; charset=utf-8', '', []],
  ['raw', undefined, 'abc', { sha256: createHash('sha256').update('abc').digest('hex') }],
])('%s as %s is read', async (kind, type, body, expected) => {
  const { url } = await start()
  const response = await post(url, kind, type, body)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual(expected)
})

test.each([
  ['json', 'text/plain', '{}', 415, 'unsupported-media-type'],
  ['json', undefined, '{}', 415, 'unsupported-media-type'],
  ['json', 'nonsense', '{}', 415, 'unsupported-media-type'],
  ['patch', 'application/json', '[]', 415, 'unsupported-media-type'],
  ['json', 'application/json', '{"a": tru}', 400, 'malformed-json'],
  ['json', 'application/json', '', 400, 'malformed-json'],
  ['json', 'application/json', new Uint8Array([0x22, 0xff, 0x22]), 400, 'malformed-text'],
  ['text', 'text/plain; charset=klingon', 'a', 415, 'unsupported-charset'],
  ['text', 'text/html', 'a', 415, 'unsupported-media-type'],
  ['json', 'application/json', `"${'a'.repeat(2000)}"`, 413, 'body-too-large'],
  ['form', 'application/x-www-form-urlencoded', `a=${'a'.repeat(2000)}`, 413, 'body-too-large'],
  ['form', 'multipart/form-data; boundary=x', 'a', 415, 'unsupported-media-type'],
  ['uris', 'text/plain', 'a', 415, 'unsupported-media-type'],
  ['twice', 'application/json', '1', 500, 'internal-error'],
] as const)('%s as %s: %s is refused with %i', async (kind, type, body, status, code) => {
  const { url } = await start()
  const response = await post(url, kind, type, body)
  expect([response.status, await codeOf(response)]).toEqual([status, code])
})

test('the refusal of a type names the wanted ones', async () => {
  const { url } = await start()
  const response = await post(url, 'text', 'text/html', 'a')
  expect(response.headers.get('accept')).toBe('text/plain, text/csv')
})

test('the fault in JSON is told by line and column', async () => {
  const { url } = await start()
  const response = await post(url, 'json', 'application/json', '{\n  "a": tru\n}')
  expect(((await response.json()) as { detail: string }).detail).toContain('line 2, column 8')
})

test('a chunked body above the limit is refused', async () => {
  const { url } = await start()
  const body = Readable.toWeb(Readable.from([Buffer.alloc(600, 0x31), Buffer.alloc(600, 0x31)]))
  const response = await fetch(`${url}/json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body as ReadableStream,
    duplex: 'half',
  })
  expect([response.status, await codeOf(response)]).toEqual([413, 'body-too-large'])
})

test('a content coding is refused, not misread', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: '{}',
  })
  expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity'])
})

test('a content coding is passed over where the server is told so', async () => {
  const { url } = await serve((server) => server.addRoute('/:kind', Bodies), { contentCodings: 'ignored' })
  const response = await fetch(`${url}/json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: '{}',
  })
  expect(await response.json()).toEqual({ got: {} })
})

test('a body that ends early is the fault of its caller, and the connection is closed', async () => {
  const { port } = await start()
  const connection = await dial(
    port,
    'POST /json HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n"abc',
  )
  connection.socket.end()
  expect(await connection.closed).not.toContain(' 200 ')
})

test('a body that stalls is given up', async () => {
  const { port } = await serve((server) => server.addRoute('/:kind', Bodies), {
    limits: { stalledTimeoutMs: 100, drainTimeoutMs: 100 },
  })
  const connection = await dial(
    port,
    'POST /json HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n"abc',
  )
  const answer = await connection.closed
  expect(answer).toContain('HTTP/1.1 408 ')
  expect(answer).toContain('body-stalled')
})

const small = (body: string) => `POST /json HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${body}`
const chunked = (text: string) =>
  `transfer-encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`

test.each([
  ['at once', () => undefined],
  ['in the same turn', () => Promise.resolve()],
  ['later', () => delay(20)],
])('bodies that come with their headers are each read to their own end, %s', async (_when, wait) => {
  const { port } = await serve((server) => server.before(wait).addRoute('/:kind', Bodies))
  const second = small(chunked('{"b":2}')).replace('\r\n', '\r\nconnection: close\r\n')
  const connection = await dial(port, small('content-length: 7\r\n\r\n{"a":1}') + second)
  expect((await connection.closed).match(/\{.*\}/g)).toEqual(['{"got":{"a":1}}', '{"got":{"b":2}}'])
})

test('a chunked body that comes with its headers is held against the limit', async () => {
  const { port } = await start()
  const connection = await dial(port, small(chunked(`"${'a'.repeat(2000)}"`)))
  expect(await connection.receives(/body-too-large/)).toContain('HTTP/1.1 413 ')
})

test('a body that has come whole is read, though its caller is gone', async () => {
  const bodies: unknown[] = []
  class Keep extends RestHandler {
    override async post() {
      bodies.push(await this.request.json())
    }
  }
  const { port } = await serve((server) => {
    server.before(async ({ signal }) => {
      if (!signal.aborted) await once(signal, 'abort')
    })
    server.addRoute('/json', Keep)
  })
  const connection = await dial(port, small('content-length: 1\r\n\r\n1'))
  await delay(100)
  connection.socket.resetAndDestroy()
  while (bodies.length === 0) await delay(5)
  expect(bodies).toEqual([1])
})
