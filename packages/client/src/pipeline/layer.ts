import type { RequestBody } from '../body/request-body.ts'

/** When an attempt that failed for a passing reason is repeated. */
export type RetryMode = 'never' | 'idempotent' | 'always'

/** A request on its way through the layers; a layer hands on a changed copy. */
export interface ClientRequest {
  /** In capitals. */
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: RequestBody | undefined
  /** Aborts the request and, later, the reading of its answer. */
  readonly signal: AbortSignal | undefined
  /** Longest silence in milliseconds, while sending, waiting or receiving; 0 for none. */
  readonly timeoutMs: number
  readonly retry: RetryMode
  readonly redirect: 'follow' | 'manual'
}

/** Sends a request and resolves with the answer, whatever its status. */
export type Send = (request: ClientRequest) => Promise<Response>

/** Behaviour around a {@link Send}: each does one thing and knows no other. */
export type Layer = (next: Send) => Send

/** Puts layers around `send`, the first outermost. */
export function compose(layers: readonly Layer[], send: Send): Send {
  return layers.reduceRight<Send>((next, layer) => layer(next), send)
}
