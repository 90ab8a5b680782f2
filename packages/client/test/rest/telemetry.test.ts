import { context, propagation, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { afterAll, afterEach, expect, test } from 'vitest'
import { RestClient } from '../../src/index.ts'
import { withTelemetry } from '../../src/telemetry.ts'
import { json, startServer } from './json-server.ts'

const exporter = new InMemorySpanExporter()
const layers = () => [withTelemetry()]

afterEach(() => exporter.reset())
afterAll(() => {
  trace.disable()
  context.disable()
  propagation.disable()
})

test('without an SDK nothing is added', async () => {
  await using server = await startServer((res) => json(res, 200, {}))
  await new RestClient(server.url, { layers: layers() }).request('GET', '/')
  expect(server.requests[0]?.headers['traceparent']).toBeUndefined()
})

test('with one, every request is a span below the current one, and the server is told', async () => {
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register()
  await using server = await startServer((res) => json(res, 200, {}))
  const client = new RestClient(server.url, { layers: layers() })
  await trace.getTracer('test').startActiveSpan('outer', async (outer) => {
    await client.request('GET', '/fruits', { secret: 1 })
    outer.end()
  })
  const [span, outer] = exporter.getFinishedSpans()
  const { traceId, spanId } = span?.spanContext() ?? {}
  expect(server.requests[0]?.headers['traceparent']).toBe(`00-${traceId}-${spanId}-01`)
  expect(span?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
  expect(span).toMatchObject({
    name: 'GET',
    attributes: {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': '127.0.0.1',
      'server.port': server.port,
      'url.full': `${server.url}/fruits`,
    },
  })
})

test('failures are marked', async () => {
  await using server = await startServer((res) => json(res, 404, {}))
  const client = new RestClient(server.url, { layers: layers() })
  await expect(client.request('GET', '/')).rejects.toMatchObject({ status: 404 })
  const nowhere = new RestClient('http://127.0.0.1:1', { layers: layers(), retries: 0 })
  await expect(nowhere.request('GET', '/')).rejects.toMatchObject({ code: 'network_error' })
  const types = exporter
    .getFinishedSpans()
    .map(({ attributes, status }) => [attributes['error.type'], status.code])
  expect(types).toEqual([
    ['404', 2],
    ['NetworkError', 2],
  ])
})
