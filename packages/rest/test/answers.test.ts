import { Readable } from 'node:stream'
import { json, RestHandler } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { dial, serve } from './serve.ts'

class Answers extends RestHandler {
  override get(): unknown {
    const { response } = this
    switch (this.request.param('kind')) {
      case 'object':
        return { a: 'ü' }
      case 'array':
        return [1]
      case 'null':
        return null
      case 'hal':
        response.type('application/hal+json')
        return {}
      case 'prepared':
        return json('{"a": 1}')
      case 'text':
        return 'plain ü'
      case 'html':
        response.type('text/html')
        return '<p>'
      case 'bytes':
        return new Uint8Array([1, 2, 3])
      case 'stream':
        return Readable.from([Buffer.from('ab'), Buffer.from('c')])
      case 'web':
        return new Blob(['abc']).stream()
      case 'nothing':
        return undefined
      case 'status':
        response.status(202).header('Location', '/jobs/1')
        return undefined
      case 'created':
        response.status(201)
        return { a: 1 }
      case 'function':
        return () => 1
      case 'broken':
        return Readable.from(
          (async function* () {
            yield Buffer.alloc(1000)
            throw new Error('disk')
          })(),
        )
      case 'short':
        response.header('content-length', 10)
        return Readable.from([Buffer.from('abc')])
      case 'long':
        response.header('content-length', 2)
        return Readable.from([Buffer.from('abc')])
      default:
        return undefined
    }
  }

  override patch() {
    return undefined
  }
}

class OwnVerbs extends RestHandler {
  override get() {
    return 'got'
  }

  override head() {
    this.response.header('x-own', 'head').status(200)
  }

  override options() {
    return { verbs: 'mine' }
  }
}

const start = async () =>
  await serve((server) => server.addRoute('/own', OwnVerbs).addRoute('/as/:kind', Answers))

test.each([
  ['object', 200, 'application/json', '{"a":"ü"}'],
  ['array', 200, 'application/json', '[1]'],
  ['null', 200, 'application/json', 'null'],
  ['hal', 200, 'application/hal+json', '{}'],
  ['prepared', 200, 'application/json', '{"a": 1}'],
  ['text', 200, 'text/plain; charset=utf-8', 'plain ü'],
  ['html', 200, 'text/html', '<p>'],
  ['bytes', 200, 'application/octet-stream', '\u0001\u0002\u0003'],
  ['nothing', 204, null, ''],
  ['status', 202, null, ''],
  ['created', 201, 'application/json', '{"a":1}'],
])('%s is answered with %i, and so is HEAD without content', async (kind, status, type, text) => {
  const { url } = await start()
  const response = await fetch(`${url}/as/${kind}`)
  const length = status === 204 ? null : String(Buffer.byteLength(text))
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    status,
    type,
    text,
  ])
  expect(response.headers.get('content-length')).toBe(length)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const head = await fetch(`${url}/as/${kind}`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([status, type, ''])
  // RFC 9110 section 8.6: HEAD may leave the length out, and for no content there is none to tell.
  expect(head.headers.get('content-length')).toBe(text === '' ? null : length)
})

test.each(['stream', 'web'])('a %s is answered in chunks', async (kind) => {
  const { url } = await start()
  const response = await fetch(`${url}/as/${kind}`)
  expect(await response.text()).toBe('abc')
  expect(response.headers.get('transfer-encoding')).toBe('chunked')
})

test('what JSON cannot hold is a fault of the server', async () => {
  const { url } = await start()
  expect((await fetch(`${url}/as/function`)).status).toBe(500)
})

test('verbs that the class lacks are 405 with Allow, OPTIONS tells the same', async () => {
  const { url } = await start()
  const refused = await fetch(`${url}/as/text`, { method: 'DELETE' })
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, PATCH, OPTIONS'])
  const options = await fetch(`${url}/as/text`, { method: 'OPTIONS' })
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, PATCH, OPTIONS'])
})

test('a class may have its own HEAD and OPTIONS', async () => {
  const { url } = await start()
  const head = await fetch(`${url}/own`, { method: 'HEAD' })
  expect([head.status, head.headers.get('x-own')]).toEqual([200, 'head'])
  const options = await fetch(`${url}/own`, { method: 'OPTIONS' })
  expect(await options.json()).toEqual({ verbs: 'mine' })
})

test.each(['broken', 'short'])('a %s stream is cut, so that nobody takes it for whole', async (kind) => {
  const { url } = await start()
  const whole = fetch(`${url}/as/${kind}`).then(async (response) => await response.text())
  await expect(whole).rejects.toBeInstanceOf(TypeError)
})

test.each(['broken', 'short', 'long'])('the connection ends after a %s stream', async (kind) => {
  const { port } = await start()
  const connection = await dial(port, `GET /as/${kind} HTTP/1.1\r\nhost: x\r\n\r\n`)
  expect((await connection.closed).endsWith('0\r\n\r\n')).toBe(false)
})

test('a query keeps repeated keys, paths and parameters are decoded once', async () => {
  class Echo extends RestHandler {
    override get() {
      const { request } = this
      return {
        params: request.params,
        route: request.route,
        path: request.path,
        url: request.url,
        embed: request.query.getAll('embed'),
        none: request.query.get('none'),
        cookie: request.cookies['a'],
        type: request.contentType ?? null,
        header: request.header('X-Thing'),
      }
    }
  }
  const { url } = await serve((server) => server.addRoute('/a/:id/*', Echo))
  const response = await fetch(`${url}/a/x%2Fy%2525/rest/of?embed=1&embed=2%20`, {
    headers: { cookie: 'a=b%20c; d=e', 'x-thing': 'T' },
  })
  expect(await response.json()).toEqual({
    params: { id: 'x/y%25', '*': 'rest/of' },
    route: '/a/:id/*',
    path: '/a/x%2Fy%2525/rest/of',
    url: '/a/x%2Fy%2525/rest/of?embed=1&embed=2%20',
    embed: ['1', '2 '],
    none: null,
    cookie: 'b c',
    type: null,
    header: 'T',
  })
})
