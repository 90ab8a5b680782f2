import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { HttpError, RestHandler, type RestServerOptions } from '@hexapla/rest'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { serve } from './serve.ts'

const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })

class Traced extends RestHandler {
  override async get() {
    await delay(1)
    switch (this.request.param('how')) {
      case 'missing':
        throw new HttpError(404, 'missing', 'not here')
      case 'bug':
        throw new TypeError('a bug')
      case 'upstream':
        throw new HttpError(502, 'upstream', 'no answer')
      case 'busy':
        this.response.status(503)
        return undefined
      case 'broken':
        return Readable.from(brokenSource())
      default:
        return await trace.getTracer('test').startActiveSpan('inside', async (span) => {
          await delay(1)
          const onward: Record<string, string> = {}
          propagation.inject(context.active(), onward)
          span.end()
          return onward
        })
    }
  }
}

async function* brokenSource() {
  yield 'begun'
  await delay(1)
  throw new Error('disk on fire')
}

class Waits extends RestHandler {
  override async get() {
    await delay(10_000, undefined, { signal: this.request.signal })
  }
}

async function start(options: RestServerOptions = {}) {
  return await serve((server) => server.addRoute('/traced/:how', Traced).addRoute('/waits', Waits), options)
}

/** The spans of the server, once there are as many as that. */
async function serverSpans(count: number) {
  const found = () => exporter.getFinishedSpans().filter((span) => span.kind === SpanKind.SERVER)
  while (found().length < count) await delay(2)
  return found()
}

async function spanOf(path: string, init: RequestInit = {}) {
  const { url } = await start()
  await (await fetch(url + path, init)).arrayBuffer().catch(() => undefined)
  const [span] = await serverSpans(1)
  if (span === undefined) throw new Error('no span')
  return span
}

beforeAll(() => provider.register())
afterEach(() => exporter.reset())
afterAll(async () => {
  await provider.shutdown()
  trace.disable()
})

test('a request is a span, named and described by the conventions', async () => {
  const { url, port } = await start()
  await (await fetch(`${url}/traced/well?a=1&token=geheim`, { headers: { 'user-agent': 'tester/1' } })).json()
  const [span] = await serverSpans(1)
  expect(span).toMatchObject({ name: 'GET /traced/:how', status: { code: SpanStatusCode.UNSET } })
  expect(span?.attributes).toEqual({
    'http.request.method': 'GET',
    'http.route': '/traced/:how',
    'http.response.status_code': 200,
    'url.path': '/traced/well',
    'url.query': 'a=1&token=[redacted]',
    'url.scheme': 'http',
    'server.address': '127.0.0.1',
    'server.port': port,
    'client.address': '127.0.0.1',
    'network.peer.address': '127.0.0.1',
    'network.peer.port': expect.any(Number) as number,
    'network.protocol.version': '1.1',
    'user_agent.original': 'tester/1',
  })
})

test('it continues what the caller began, and is carried on', async () => {
  const { url } = await start()
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
  const onward = (await (await fetch(`${url}/traced/well`, { headers })).json()) as { traceparent: string }
  const [span] = await serverSpans(1)
  const inside = exporter.getFinishedSpans().find(({ name }) => name === 'inside')
  expect(span?.spanContext().traceId).toBe(traceId)
  expect(span?.parentSpanContext?.spanId).toBe('b7ad6b7169203331')
  expect(inside?.parentSpanContext?.spanId).toBe(span?.spanContext().spanId)
  expect(onward.traceparent).toBe(`00-${traceId}-${inside?.spanContext().spanId}-01`)
})

test('requests at the same time do not mix', async () => {
  const { url } = await start()
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      async () => (await (await fetch(`${url}/traced/well`)).json()) as { traceparent: string },
    ),
  )
  const spans = await serverSpans(20)
  const traces = spans.map((span) => span.spanContext().traceId)
  expect(new Set(traces).size).toBe(20)
  expect(answers.map(({ traceparent }) => traceparent.split('-')[1]).toSorted()).toEqual(traces.toSorted())
})

test.each([
  ['/traced/missing', 404, SpanStatusCode.UNSET, undefined, undefined],
  ['/traced/bug', 500, SpanStatusCode.ERROR, 'internal-error', 'TypeError'],
  ['/traced/upstream', 502, SpanStatusCode.ERROR, 'upstream', 'upstream'],
  ['/traced/busy', 503, SpanStatusCode.ERROR, '503', undefined],
  ['/traced/broken', 200, SpanStatusCode.ERROR, 'answer-cut-short', 'Error'],
])('%s: status %i', async (path, status, code, type, exception) => {
  const span = await spanOf(path)
  expect(span.status).toEqual({ code })
  expect(span.attributes['http.response.status_code']).toBe(status)
  expect(span.attributes['error.type']).toBe(type)
  expect(span.events.map(({ attributes }) => attributes?.['exception.type'])).toEqual(
    exception === undefined ? [] : [exception],
  )
})

test('a path that nobody knows and a method that nobody knows make no new names', async () => {
  const unknown = await spanOf('/nowhere/4711')
  expect(unknown.name).toBe('GET')
  expect(unknown.attributes).not.toHaveProperty('http.route')
  exporter.reset()
  const method = await spanOf('/nowhere', { method: 'PROPFIND' })
  expect([method.name, method.attributes['http.request.method']]).toEqual(['HTTP', '_OTHER'])
  expect(method.attributes['http.request.method_original']).toBe('PROPFIND')
})

test('a caller who leaves ends the span without a failure of ours', async () => {
  const { url } = await start()
  await expect(fetch(`${url}/waits`, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  const [span] = await serverSpans(1)
  expect(span?.status.code).toBe(SpanStatusCode.UNSET)
  expect(span?.attributes).not.toHaveProperty('http.response.status_code')
})

test('behind a trusted proxy the caller is the one it names', async () => {
  const { url } = await start({ trustProxy: true })
  const headers = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'repo.example.org',
  }
  await (await fetch(`${url}/traced/well`, { headers })).json()
  const [span] = await serverSpans(1)
  expect(span?.attributes).toMatchObject({
    'client.address': '203.0.113.9',
    'network.peer.address': '127.0.0.1',
    'url.scheme': 'https',
    'server.address': 'repo.example.org',
  })
  expect(span?.attributes).not.toHaveProperty('server.port')
})

test('there are no spans where they are not wanted', async () => {
  const { url } = await start({ tracing: false })
  expect(await (await fetch(`${url}/traced/missing`)).json()).toMatchObject({ code: 'missing' })
  await delay(20)
  expect(exporter.getFinishedSpans()).toEqual([])
})
