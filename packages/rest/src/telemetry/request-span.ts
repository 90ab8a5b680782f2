import type { IncomingMessage } from 'node:http'
import {
  context,
  propagation,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api'
import { loggableUrl } from '../logging.ts'
import type { RequestSource } from '../request.ts'
import { routedMethods } from '../server/route.ts'

const scope = '@hexapla/rest'

/**
 * Begins the SERVER span of a request, a child of the caller's when the request says so (`traceparent`); `undefined`
 * when nobody traces. Name and attributes: Semantic Conventions for HTTP spans, "HTTP server".
 */
export function startRequestSpan(
  raw: IncomingMessage,
  caller: RequestSource['caller'],
  route: string | undefined,
): RequestSpan | undefined {
  const tracer = registeredTracer()
  if (tracer === undefined) return undefined
  const parent = propagation.extract(ROOT_CONTEXT, raw.headers)
  const attributes = requestAttributes(raw, caller, route)
  const method = 'http.request.method_original' in attributes ? 'HTTP' : (raw.method ?? 'HTTP')
  const name = route === undefined ? method : `${method} ${route}`
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent)
  return new RequestSpan(span, trace.setSpan(parent, span))
}

/** The span of one request. */
export class RequestSpan {
  readonly #span: Span
  readonly #context: Context
  #failed = false

  constructor(span: Span, ownContext: Context) {
    this.#span = span
    this.#context = ownContext
  }

  /** Runs what belongs to the request: its spans become children, and its own requests carry the context on. */
  run<Result>(task: () => Result): Result {
    return context.with(this.#context, task)
  }

  /** Records what made the request fail; `type` is of low cardinality. */
  fail(error: unknown, type: string): void {
    this.#failed = true
    this.#span.recordException(error instanceof Error ? error : String(error))
    this.#span.setAttribute('error.type', type)
    this.#span.setStatus({ code: SpanStatusCode.ERROR })
  }

  /** Ends the span; `status` is `undefined` when nothing was answered. */
  end(status: number | undefined): void {
    if (status !== undefined) this.#span.setAttribute('http.response.status_code', status)
    // 4xx are no failures of a server.
    if (status !== undefined && status >= 500 && !this.#failed) {
      this.#span.setAttribute('error.type', String(status))
      this.#span.setStatus({ code: SpanStatusCode.ERROR })
    }
    this.#span.end()
  }
}

/** Without an SDK there is nothing to pay for. */
function registeredTracer(): Tracer | undefined {
  const provider = trace.getTracerProvider()
  if (provider instanceof ProxyTracerProvider) return provider.getDelegateTracer(scope)
  return provider.getTracer(scope)
}

function requestAttributes(
  raw: IncomingMessage,
  caller: RequestSource['caller'],
  route: string | undefined,
): Attributes {
  const method = raw.method ?? ''
  const [, path, query] = /^([^?]*)\??(.*)$/.exec(loggableUrl(raw.url ?? '')) ?? []
  const [, address, port] = /^(.*?)(?::(\d+))?$/.exec(caller.host) ?? []
  return {
    ...(routedMethods.includes(method)
      ? { 'http.request.method': method }
      : { 'http.request.method': '_OTHER', 'http.request.method_original': method }),
    'url.path': path,
    'url.scheme': caller.protocol,
    'url.query': query === '' ? undefined : query,
    'http.route': route,
    'server.address': address === '' ? undefined : address,
    'server.port': port === undefined ? undefined : Number(port),
    'client.address': caller.ip,
    'network.peer.address': raw.socket.remoteAddress,
    'network.peer.port': raw.socket.remotePort,
    'network.protocol.version': raw.httpVersion,
    'user_agent.original': raw.headers['user-agent'],
  }
}
