import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { ClientRequest, Layer } from './pipeline/layer.ts'

/**
 * A layer for the option `layers`: a span for every request, and its context in the headers (`traceparent` with the W3C
 * propagator). Which SDK and propagator are in use is up to the application; without any, nothing happens. Names are
 * those of OpenTelemetry's semantic conventions for HTTP clients; the query is left out, since it may hold secrets.
 *
 * @example
 * new RestClient(address, { layers: [withTelemetry()] })
 */
export function withTelemetry(): Layer {
  const tracer = trace.getTracer('@hexapla/client')
  return (next) => async (request) => {
    const span = tracer.startSpan(request.method, {
      kind: SpanKind.CLIENT,
      attributes: attributesOf(request),
    })
    const headers = new Headers(request.headers)
    propagation.inject(trace.setSpan(context.active(), span), headers, {
      set: (carrier, name, value) => carrier.set(name, value),
    })
    try {
      const response = await next({ ...request, headers })
      span.setAttribute('http.response.status_code', response.status)
      if (response.status >= 400) failed(span, String(response.status))
      return response
    } catch (error) {
      failed(span, error instanceof Error ? error.name : 'unknown')
      throw error
    } finally {
      span.end()
    }
  }
}

function attributesOf({ method, url }: ClientRequest): Record<string, string | number> {
  return {
    'http.request.method': method,
    'server.address': url.hostname,
    'server.port': Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    'url.full': `${url.origin}${url.pathname}`,
  }
}

function failed(span: Span, errorType: string): void {
  span.setAttribute('error.type', errorType)
  span.setStatus({ code: SpanStatusCode.ERROR })
}
