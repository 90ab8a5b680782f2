import { HttpError, RestHandler, StateKey, type RestServerOptions } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { codeOf, serve } from './serve.ts'

const trace = new StateKey<string[]>('trace')

class Traced extends RestHandler<{ denied?: boolean }> {
  override async prepare() {
    await Promise.resolve()
    this.request.state.require(trace).push('prepare')
    if (this.deps.denied === true) throw new HttpError(403, 'denied', 'not you')
    if (this.request.query.has('early')) this.response.end({ early: true })
  }

  override get() {
    return [...this.request.state.require(trace), 'get']
  }
}

const start = async (options: RestServerOptions = {}) =>
  await serve((server) => {
    server.addRoute('/open', Traced, { deps: {} })
    server.addRoute('/closed', Traced, { deps: { denied: true } })
    server.before((request) => request.state.set(trace, ['first']))
    server.before(async (request, response) => {
      await Promise.resolve()
      request.state.require(trace).push('second')
      if (request.query.has('teapot')) response.status(418).end('short and stout')
    })
  }, options)

test('hooks, prepare and verb run in their order', async () => {
  const { url } = await start()
  expect(await (await fetch(`${url}/open`)).json()).toEqual(['first', 'second', 'prepare', 'get'])
})

test('a hook may end the answer, on unknown paths too', async () => {
  const { url } = await start()
  for (const path of ['/open', '/nowhere']) {
    const response = await fetch(`${url}${path}?teapot`)
    expect([response.status, await response.text()]).toEqual([418, 'short and stout'])
  }
})

test('prepare may refuse or end the answer', async () => {
  const { url } = await start()
  const refused = await fetch(`${url}/closed`)
  expect([refused.status, await codeOf(refused)]).toEqual([403, 'denied'])
  expect(await (await fetch(`${url}/open?early`)).json()).toEqual({ early: true })
})

test('cors runs first and its headers are on failures too', async () => {
  const { url } = await start({
    cors: (request, response) => {
      response
        .header('access-control-allow-origin', request.header('x-origin') ?? '*')
        .append('vary', 'Origin')
      if (request.method === 'OPTIONS') response.status(204).end()
    },
  })
  const failed = await fetch(`${url}/nowhere`, { headers: { 'x-origin': 'https://ui' } })
  expect([
    failed.status,
    failed.headers.get('access-control-allow-origin'),
    failed.headers.get('vary'),
  ]).toEqual([404, 'https://ui', 'Origin'])
  const preflight = await fetch(`${url}/nowhere`, { method: 'OPTIONS' })
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
})

test('state that no hook set is a fault of the program', async () => {
  const { url } = await serve((server) => server.addRoute('/open', Traced, { deps: {} }))
  expect((await fetch(`${url}/open`)).status).toBe(500)
})

test('onResponse tells how it went, once for each request', async () => {
  const outcomes: unknown[] = []
  const { url } = await start({
    onResponse: (request, _response, { status, durationMs, aborted }) => {
      outcomes.push([request.path, status, durationMs >= 0, aborted])
      throw new Error('a hook that fails harms nobody')
    },
  })
  await (await fetch(`${url}/open`)).text()
  await (await fetch(`${url}/closed`)).text()
  while (outcomes.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(outcomes).toEqual([
    ['/open', 200, true, false],
    ['/closed', 403, true, false],
  ])
})
