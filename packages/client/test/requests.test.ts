import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { DSpaceSession, HttpError, NetworkError, TimeoutError } from '../src/index.ts'
import { account, json, startDSpace, tellCsrf } from './dspace-server.ts'

describe('URLs', () => {
  test('paths go after the endpoint, URLs below it are taken, all others refused without a request', async () => {
    const strangers: string[] = []
    const stranger = createServer((req, res) => {
      strangers.push(JSON.stringify(req.headers))
      // As if it were the server, to be believed.
      tellCsrf(res, 'forged')
      res.end('secret content')
    })
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const foreign = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
    await using server = await startDSpace({
      version: 8,
      routes: {
        '/actuator/info': (_req, res) => json(res, 200, { app: 'x' }),
        '/api/stored-elsewhere': (_req, res) =>
          void res.writeHead(302, { location: `${foreign}/server/file` }).end(),
      },
    })
    const session = await DSpaceSession.login(server.endpoint, account)
    expect(await session.getJson('/actuator/info')).toEqual({ app: 'x' })
    expect(await session.getJson(`${server.endpoint}/actuator/info`)).toEqual({ app: 'x' })

    const before = server.seen.length
    for (const url of [
      `${foreign}/server/actuator/info`,
      `${server.origin}/other`,
      `${server.origin}/serverless`,
      `${server.endpoint}/../other`,
      '/../other',
      server.endpoint.replace('http:', 'https:'),
      server.endpoint.replace('//', '//u:p@'),
    ]) {
      await expect(session.get(url)).rejects.toMatchObject({
        code: 'url_foreign',
        name: 'EndpointError',
      })
    }
    await expect(session.get('api/core')).rejects.toMatchObject({ code: 'url_invalid' })
    expect(server.seen.length).toBe(before)
    expect(strangers).toEqual([])

    // A redirect of the server itself is followed, without any credential.
    const headers = { accept: 'text/plain', 'x-on-behalf-of': 'someone' }
    const moved = await session.get('/api/stored-elsewhere', { headers })
    expect(await moved.text()).toBe('secret content')
    expect(strangers).toHaveLength(1)
    expect(strangers[0]).toContain('text/plain')
    expect(strangers[0]).not.toMatch(/authorization|cookie|xsrf|behalf/i)
    // Nor is anything taken from there.
    expect(JSON.stringify(session.state())).not.toContain('forged')
    stranger.close()
  })

  test('an alias of the server is asked at the endpoint', async () => {
    await using server = await startDSpace({
      version: 8,
      routes: { '/api/x': (_req, res) => json(res, 200, { x: 1 }) },
    })
    const aliases = ['https://repository.example.org/server']
    const session = new DSpaceSession(server.endpoint, { ...account, aliases })
    expect(await session.getJson('https://repository.example.org/server/api/x?y=1')).toEqual({ x: 1 })
    expect(server.seen.at(-1)?.path).toBe('/api/x?y=1')
  })
})

describe('retries', () => {
  const flaky = (faults: number, fault: (res: Parameters<typeof json>[0]) => void) => {
    let calls = 0
    return (_req: unknown, res: Parameters<typeof json>[0]) => {
      calls += 1
      if (calls <= faults) fault(res)
      else json(res, 200, { calls })
    }
  }
  const busy = (res: Parameters<typeof json>[0]) => {
    res.setHeader('retry-after', '0')
    json(res, 503, { status: 503 })
  }
  const retry = { baseMs: 1 }

  test('an idempotent request is repeated after 503 and after a broken connection', async () => {
    await using server = await startDSpace({
      version: 8,
      routes: { '/api/busy': flaky(3, busy), '/api/broken': flaky(2, (res) => res.destroy()) },
    })
    const session = new DSpaceSession(server.endpoint, { ...account, retry })
    expect(await session.getJson('/api/busy')).toEqual({ calls: 4 })
    expect(await (await session.put('/api/broken', { json: {} })).json()).toEqual({ calls: 3 })
  })

  test('it ends with the last answer', async () => {
    await using server = await startDSpace({ version: 8, routes: { '/api/busy': flaky(99, busy) } })
    const session = new DSpaceSession(server.endpoint, { ...account, retry })
    await expect(session.get('/api/busy')).rejects.toMatchObject({ status: 503 })
    expect(server.count('GET', '/api/busy')).toBe(4)
    await expect(session.get('/api/busy', { retry: false })).rejects.toMatchObject({ status: 503 })
    expect(server.count('GET', '/api/busy')).toBe(5)
  })

  test('POST is repeated only when asked, a stream not even then', async () => {
    await using server = await startDSpace({ version: 8, routes: { 'POST /api/busy': flaky(3, busy) } })
    const session = new DSpaceSession(server.endpoint, { ...account, retry })
    await expect(session.post('/api/busy')).rejects.toBeInstanceOf(HttpError)
    const body = new Blob(['x']).stream()
    await expect(session.post('/api/busy', { body, retry: true })).rejects.toBeInstanceOf(HttpError)
    expect(await (await session.post('/api/busy', { retry: true })).json()).toEqual({ calls: 4 })
  })
})

describe('failures', () => {
  test('an error answer carries document, request id and place', async () => {
    await using server = await startDSpace({
      version: 8,
      routes: {
        '/api/bad': (_req, res) => {
          res.setHeader('x-request-id', 'r-1')
          json(res, 422, { status: 422, message: 'Unknown field' })
        },
        '/api/text': (_req, res) => void res.writeHead(500, { 'content-type': 'text/html' }).end('<p>sorry'),
        '/api/cached': (_req, res) => void res.writeHead(304).end(),
      },
    })
    const session = await DSpaceSession.login(server.endpoint, { ...account, retry: { attempts: 1 } })
    await expect(session.get('/api/bad', { query: { a: [1, 2], b: undefined } })).rejects.toMatchObject({
      code: 'http_error',
      status: 422,
      method: 'GET',
      url: `${server.endpoint}/api/bad?a=1&a=2`,
      requestId: 'r-1',
      body: { message: 'Unknown field' },
    })
    await expect(session.get('/api/text')).rejects.toMatchObject({ status: 500, body: '<p>sorry' })
    expect((await session.get('/api/cached')).status).toBe(304)
    expect((await session.get('/api/bad', { accept: () => true })).status).toBe(422)
  })

  test('no server is a NetworkError', async () => {
    const session = new DSpaceSession('http://127.0.0.1:1/server', {
      ...account,
      retry: { attempts: 2, baseMs: 1 },
    })
    await expect(session.get('/api')).rejects.toBeInstanceOf(NetworkError)
    await expect(session.get('/api')).rejects.toMatchObject({ code: 'network_error' })
  })

  test('silence is a TimeoutError, before the answer and within it', async () => {
    await using server = await startDSpace({
      version: 8,
      routes: {
        '/api/silent': () => undefined,
        '/api/stalls': (_req, res) =>
          void res.writeHead(200, { 'content-type': 'application/json' }).write('{"a":'),
        '/api/slow': async (_req, res) => {
          res.writeHead(200, { 'content-type': 'application/json' })
          for (const part of ['[', '1', ',', '2', ',', '3', ']']) {
            res.write(part)
            await new Promise((resolve) => setTimeout(resolve, 60))
          }
          res.end()
        },
      },
    })
    const session = await DSpaceSession.login(server.endpoint, { ...account, retry: { attempts: 1 } })
    const timeoutMs = 200
    await expect(session.get('/api/silent', { timeoutMs })).rejects.toBeInstanceOf(TimeoutError)
    await expect(session.getJson('/api/stalls', { timeoutMs })).rejects.toMatchObject({
      code: 'timeout',
      timeoutMs,
    })
    // 420 ms in all, but never 200 ms of silence.
    expect(await session.getJson('/api/slow', { timeoutMs })).toEqual([1, 2, 3])
  })

  test('an abort rejects with its reason, before and within the answer', async () => {
    await using server = await startDSpace({
      version: 8,
      routes: {
        '/api/silent': () => undefined,
        '/api/stalls': (_req, res) => void res.writeHead(200).write('x'),
      },
    })
    const whole = new AbortController()
    const session = await DSpaceSession.login(server.endpoint, { ...account, signal: whole.signal })
    const reason = new Error('enough')
    await expect(session.get('/api/silent', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const one = new AbortController()
    setTimeout(() => one.abort(reason), 50)
    await expect(session.get('/api/silent', { signal: one.signal })).rejects.toBe(reason)

    const two = new AbortController()
    const stalled = await session.get('/api/stalls', { signal: two.signal })
    setTimeout(() => two.abort(reason), 50)
    await expect(stalled.text()).rejects.toBe(reason)

    setTimeout(() => whole.abort(reason), 50)
    await expect(session.get('/api/silent')).rejects.toBe(reason)
  })
})
