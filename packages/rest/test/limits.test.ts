import { setTimeout as delay } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { RestHandler } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { dial, serve } from './serve.ts'

class Hello extends RestHandler {
  override get() {
    return 'hello'
  }

  override async post() {
    return await this.request.text()
  }
}

test('headers that drip in are cut off in time', async () => {
  const { port } = await serve((server) => server.addRoute('/', Hello), { limits: { headersTimeoutMs: 300 } })
  const connection = await dial(port, 'GET / HTTP/1.1\r\n')
  const drip = setInterval(() => connection.socket.write('x: y\r\n'), 50)
  const before = performance.now()
  const answer = await connection.closed
  clearInterval(drip)
  expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*request-timeout/)
  expect(performance.now() - before).toBeLessThan(3000)
})

test('a request that takes too long as a whole is cut off, where there is such a limit', async () => {
  const { port } = await serve((server) => server.addRoute('/', Hello), {
    limits: { headersTimeoutMs: 200, requestTimeoutMs: 300 },
  })
  const connection = await dial(
    port,
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 100000\r\n\r\n',
  )
  const drip = setInterval(() => connection.socket.write('x'), 50)
  const answer = await connection.closed
  clearInterval(drip)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
})

test('headers that are too large are 431', async () => {
  const { port } = await serve((server) => server.addRoute('/', Hello), { limits: { headerBytes: 2000 } })
  const connection = await dial(port, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(3000)}\r\n\r\n`)
  expect(await connection.closed).toMatch(/^HTTP\/1\.1 431 [\s\S]*headers-too-large/)
})

test('what is not HTTP is 400', async () => {
  const { port } = await serve((server) => server.addRoute('/', Hello))
  const connection = await dial(port, 'hello server\r\n\r\n')
  expect(await connection.closed).toMatch(/^HTTP\/1\.1 400 [\s\S]*malformed-request/)
})

test('an idle connection is closed after its time', async () => {
  const { port } = await serve((server) => server.addRoute('/', Hello), {
    limits: { keepAliveTimeoutMs: 100 },
  })
  const connection = await dial(port, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  expect(await connection.closed).toMatch(/^HTTP\/1\.1 200 /)
})

class Endless extends RestHandler<{ ended: (by: string) => void }> {
  override get() {
    const { deps, request } = this
    request.signal.addEventListener('abort', () => deps.ended('signal'))
    const stream = new Readable({
      read() {
        this.push(Buffer.alloc(64 * 1024))
      },
    })
    stream.on('close', () => deps.ended('stream'))
    return stream
  }

  override async put() {
    await delay(10_000, undefined, { signal: this.request.signal }).catch(() => this.deps.ended('wait'))
  }
}

test('a reader that stops reading loses its connection, and the source is released', async () => {
  const ended: string[] = []
  const { port } = await serve(
    (server) => server.addRoute('/', Endless, { deps: { ended: (by) => ended.push(by) } }),
    { limits: { stalledTimeoutMs: 200 } },
  )
  const connection = await dial(port, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  await connection.receives(/200 OK/)
  connection.socket.pause()
  while (ended.length < 2) await delay(10)
  expect(ended.sort()).toEqual(['signal', 'stream'])
})

test('the signal tells a waiting handler that its caller is gone', async () => {
  const ended: string[] = []
  const { port } = await serve((server) =>
    server.addRoute('/', Endless, { deps: { ended: (by) => ended.push(by) } }),
  )
  const connection = await dial(port, 'PUT / HTTP/1.1\r\nhost: x\r\n\r\n')
  await delay(100)
  connection.socket.destroy()
  while (ended.length < 1) await delay(10)
  expect(ended).toEqual(['wait'])
})
