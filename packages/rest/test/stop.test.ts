import { setTimeout as delay } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { RestHandler } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { dial, serve } from './serve.ts'

class Slow extends RestHandler<{ started: () => void }> {
  override async get() {
    this.deps.started()
    await delay(Number(this.request.query.get('ms')))
    return 'done'
  }

  override post() {
    this.deps.started()
    this.response.type('text/plain')
    return Readable.from(
      (async function* () {
        yield 'first '
        await delay(150)
        yield 'last'
      })(),
      { objectMode: false },
    )
  }
}

async function start() {
  let started = (): void => undefined
  const running = new Promise<void>((resolve) => {
    started = resolve
  })
  const served = await serve((server) =>
    server.addRoute('/slow', Slow, { deps: { started: () => started() } }),
  )
  return { ...served, running }
}

const get = (ms: number) => `GET /slow?ms=${ms} HTTP/1.1\r\nhost: x\r\n\r\n`

test('stop answers what is running, and closes its connection', async () => {
  const { server, port, running } = await start()
  const connection = await dial(port, get(200))
  await running
  const before = performance.now()
  await server.stop({ graceMs: 5000 })
  expect(performance.now() - before).toBeLessThan(2000)
  const answer = await connection.closed
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*done$/)
  expect(answer).toContain('connection: close')
})

test('stop lets a stream that has begun go to its end', async () => {
  const { server, port, running } = await start()
  const connection = await dial(port, 'POST /slow HTTP/1.1\r\nhost: x\r\n\r\n')
  await running
  await connection.receives(/first/)
  const before = performance.now()
  await server.stop({ graceMs: 5000 })
  expect(performance.now() - before).toBeLessThan(2000)
  expect(await connection.closed).toContain('last')
})

test('stop closes idle connections and those that never spoke', async () => {
  const { server, port } = await start()
  const silent = await dial(port)
  const idle = await dial(port, get(0))
  await idle.receives(/done$/)
  const before = performance.now()
  await server.stop({ graceMs: 5000 })
  await Promise.all([silent.closed, idle.closed])
  expect(performance.now() - before).toBeLessThan(1000)
})

test('stop cuts what is still running after the grace', async () => {
  const { server, port, running } = await start()
  const connection = await dial(port, get(5000))
  await running
  const before = performance.now()
  await server.stop({ graceMs: 100 })
  expect(await connection.closed).toBe('')
  expect(performance.now() - before).toBeLessThan(2000)
})

test('nobody is let in after stop', async () => {
  const { server, url } = await start()
  await server.stop()
  await expect(fetch(url)).rejects.toBeInstanceOf(TypeError)
})
