import { request as httpRequest } from 'node:http'
import { HttpError, RestHandler } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { dial, serve } from './serve.ts'

let read = 0

class Sink extends RestHandler {
  override async put() {
    read = 0
    for await (const chunk of this.request.stream()) read += (chunk as Buffer).length
    return { read }
  }

  override async post() {
    return { length: JSON.stringify(await this.request.json()).length }
  }
}

const start = async () =>
  await serve((server) => {
    server.addRoute('/sink', Sink)
    server.before((request) => {
      if (request.header('authorization') === undefined) {
        throw new HttpError(401, 'login-needed', 'log in first', {
          headers: { 'www-authenticate': 'Bearer' },
        })
      }
    })
  })

/** Sends `size` bytes as fast as they are taken, in the way of clients that read the answer only afterwards. */
async function upload(port: number, size: number, headers: Record<string, string>, method = 'PUT') {
  return await new Promise<{ status: number; connection: string | undefined }>((resolve, reject) => {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      method,
      path: '/sink',
      headers: { ...headers, 'content-length': size },
    })
    request.on('error', reject)
    request.on('response', (response) => {
      response.resume()
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, connection: response.headers.connection }),
      )
    })
    const chunk = Buffer.alloc(64 * 1024)
    let left = size
    const write = (): void => {
      while (left > 0) {
        const part = chunk.subarray(0, Math.min(left, chunk.length))
        left -= part.length
        if (!request.write(part)) {
          request.once('drain', write)
          return
        }
      }
      request.end()
    }
    write()
  })
}

test('a refused upload of 20 MB gets its answer, and the body is never handed out', async () => {
  const { port } = await start()
  read = 0
  expect(await upload(port, 20_000_000, {})).toEqual({ status: 401, connection: 'close' })
  expect(read).toBe(0)
})

test('an accepted upload is read', async () => {
  const { port } = await start()
  expect((await upload(port, 20_000_000, { authorization: 'x' })).status).toBe(200)
  expect(read).toBe(20_000_000)
})

test('a verb that does not exist and a path that does not exist are refused without reading', async () => {
  const { port, url } = await start()
  expect((await upload(port, 5_000_000, { authorization: 'x' }, 'PATCH')).status).toBe(405)
  const response = await fetch(`${url}/nothing`, {
    method: 'POST',
    headers: { authorization: 'x', 'content-type': ';;' },
    body: 'a',
  })
  expect(response.status).toBe(404)
})

test('the connection is kept when little of the body was left', async () => {
  const { port } = await start()
  const one = 'PUT /sink HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc'
  const connection = await dial(port, one + one)
  const answer = await connection.receives(/401 [\s\S]*401 [\s\S]*\}/)
  expect(answer).not.toContain('connection: close')
})

const expecting = (headers: string) =>
  `POST /sink HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`

test('a body that is too large is refused before it is sent', async () => {
  const { port } = await start()
  const connection = await dial(port, expecting('authorization: x\r\ncontent-length: 9000000'))
  const answer = await connection.receives(/\}$/)
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toContain('connection: close')
  expect(answer).not.toContain('100 Continue')
})

test('who waits for 100 is refused by a hook without it', async () => {
  const { port } = await start()
  const connection = await dial(port, expecting('content-length: 5'))
  expect(await connection.receives(/\}$/)).toMatch(/^HTTP\/1\.1 401 /)
})

test('who waits for 100 gets it when the body is read, and only then', async () => {
  const { port } = await start()
  const connection = await dial(port, expecting('authorization: x\r\ncontent-length: 5'))
  expect(await connection.receives(/\r\n\r\n/)).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  connection.socket.write('"abc"')
  expect(await connection.receives(/\}$/)).toMatch(/HTTP\/1\.1 200 [\s\S]*\{"length":5\}$/)
})

test('a refused endless upload is cut after the drain limit', async () => {
  const { port } = await serve((server) => server.addRoute('/sink', Sink), {
    limits: { drainTimeoutMs: 200 },
  })
  const connection = await dial(
    port,
    'PATCH /sink HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n',
  )
  await connection.receives(/HTTP\/1\.1 405 [\s\S]*\}$/)
  const before = performance.now()
  await connection.closed
  expect(performance.now() - before).toBeLessThan(2000)
})
