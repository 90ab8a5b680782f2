import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { HttpError, RestHandler, type RestServerOptions } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { codeOf, serve } from './serve.ts'

class DomainError extends Error {
  readonly code: string

  constructor(code: string) {
    super(`domain says ${code}`)
    this.code = code
  }
}

class Failing extends RestHandler {
  override async get() {
    const { response } = this
    response
      .etag('abc')
      .type('text/html')
      .header('cache-control', 'max-age=9')
      .cookie('csrf', 'c', { path: '/' })
    await Promise.resolve()
    switch (this.request.param('kind')) {
      case 'domain':
        throw new DomainError('version-conflict')
      case 'unmapped':
        throw new DomainError('who-knows')
      case 'string':
        // What a careless dependency may throw.
        throw 'password=geheim' as unknown as Error
      case 'fields':
        throw new HttpError(422, 'invalid', 'two faults', {
          fields: [{ name: 'a', message: 'is bad' }],
          headers: { 'x-why': 'because' },
        })
      case 'unavailable':
        throw new HttpError(503, 'search-down', 'come back later', { headers: { 'retry-after': '5' } })
      default:
        throw new Error('password=geheim')
    }
  }
}

function logged() {
  const lines: Record<string, unknown>[] = []
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }
  return { lines, logger: { stream } }
}

const start = async (options: RestServerOptions = {}) =>
  await serve((server) => server.addRoute('/:kind', Failing), {
    mapError: (error) =>
      error instanceof DomainError && error.code === 'version-conflict'
        ? new HttpError(412, error.code, 'changed meanwhile', { cause: error })
        : undefined,
    ...options,
  })

test.each(['error', 'string', 'unmapped'])(
  '%s: the unknown is 500 with a reference, and nothing leaks',
  async (kind) => {
    const { lines, logger } = logged()
    const { url } = await start({ logger })
    const response = await fetch(`${url}/${kind}`)
    const text = await response.text()
    const body = JSON.parse(text) as { reference: string; code: string }
    expect([response.status, body.code]).toEqual([500, 'internal-error'])
    expect(text).not.toMatch(/geheim|domain says|at .*errors\.test/)
    const line = lines.find((entry) => entry['referenceId'] === body.reference)
    expect(line?.['requestId']).toBe(response.headers.get('x-request-id'))
    expect(JSON.stringify(line?.['err'])).toMatch(kind === 'unmapped' ? /domain says/ : /geheim/)
  },
)

test('an error of the application becomes what the table says', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/domain`)
  expect([response.status, await codeOf(response)]).toEqual([412, 'version-conflict'])
  expect(response.headers.get('content-type')).toBe('application/problem+json')
})

test('headers of the failure are sent, those of the lost content are not, cookies stay', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/fields`)
  expect(await response.json()).toEqual({
    type: 'about:blank',
    title: 'Unprocessable Entity',
    status: 422,
    detail: 'two faults',
    code: 'invalid',
    errors: [{ name: 'a', message: 'is bad' }],
  })
  expect(response.headers.get('x-why')).toBe('because')
  expect(response.headers.get('etag')).toBe(null)
  expect(response.headers.get('cache-control')).toBe(null)
  expect(response.headers.getSetCookie()).toEqual(['csrf=c; Path=/'])
})

test('a 5xx of the application has a reference too', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/unavailable`)
  const body = (await response.json()) as { code: string; reference: string }
  expect([response.status, body.code, response.headers.get('retry-after')]).toEqual([503, 'search-down', '5'])
  expect(body.reference).toMatch(/^[0-9a-f-]{36}$/)
})

test('another representation replaces the default everywhere', async () => {
  const { url } = await start({
    errorRepresentation: (failure, request) => ({
      status: failure.code === 'path-unknown' ? 410 : failure.status,
      headers: { 'content-type': 'application/x-error' },
      body: { error: failure.code, path: request.path },
    }),
  })
  const unknown = await fetch(`${url}/no/where`)
  expect([unknown.status, unknown.headers.get('content-type')]).toEqual([410, 'application/x-error'])
  expect(await unknown.json()).toEqual({ error: 'path-unknown', path: '/no/where' })
  const wrongVerb = await fetch(`${url}/x`, { method: 'PUT' })
  expect([wrongVerb.status, await wrongVerb.json()]).toEqual([
    405,
    { error: 'method-not-allowed', path: '/x' },
  ])
  const malformed = await fetch(`${url}/%f`)
  expect([malformed.status, await malformed.json()]).toEqual([400, { error: 'malformed-path', path: '/%f' }])
})

test('a representation that fails itself is 500, and both failures are logged', async () => {
  const { lines, logger } = logged()
  const { url } = await start({
    logger,
    errorRepresentation: () => {
      throw new Error('template')
    },
  })
  const response = await fetch(`${url}/domain`)
  expect([response.status, await codeOf(response)]).toEqual([500, 'internal-error'])
  expect(JSON.stringify(lines)).toMatch(/template/)
})

class Sources extends RestHandler {
  override get() {
    return Readable.from(
      (async function* () {
        yield Buffer.alloc(10)
        await Promise.resolve()
        throw new Error('disk on fire')
      })(),
    )
  }

  override async put() {
    await delay(10_000, undefined, { signal: this.request.signal })
  }
}

test('a source that fails under way is logged with its cause, a caller that leaves is not an error', async () => {
  const { lines, logger } = logged()
  const { url } = await serve((server) => server.addRoute('/', Sources), { logger })
  await fetch(url)
    .then(
      async (response) => await response.text(),
      () => undefined,
    )
    .catch(() => undefined)
  while (!lines.some((line) => line['msg'] === 'answer cut short')) await delay(5)
  expect(JSON.stringify(lines)).toContain('disk on fire')
  const leaving = new AbortController()
  setTimeout(() => leaving.abort(), 50)
  await expect(fetch(url, { method: 'PUT', signal: leaving.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
  while (!lines.some((line) => line['code'] === 'client-aborted')) await delay(5)
  expect(lines.filter((line) => Number(line['level']) >= 50)).toHaveLength(1)
})

test('HEAD of a failure has its headers alone', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/domain`, { method: 'HEAD' })
  expect([response.status, await response.text()]).toEqual([412, ''])
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(50)
})
