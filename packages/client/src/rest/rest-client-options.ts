import type { TokenFunction } from '../auth/token-auth.ts'
import type { Clock } from '../pipeline/clock.ts'
import type { Layer } from '../pipeline/layer.ts'
import type { HeadersInput } from '../request/headers-input.ts'
import type { RetryCalculator } from './calc-retry.ts'

/** How a {@link RestClient} behaves; everything has a default. */
export interface RestClientOptions {
  /**
   * Access token, or a function that gives one. It is asked once for all requests that wait, again shortly before the
   * end of the JWT that it gave, and once more after a 401. A token whose end cannot be read serves one request.
   */
  readonly token?: string | TokenFunction
  /** With `password`, basic authentication (RFC 7617) in place of a token. */
  readonly username?: string
  readonly password?: string
  /** Longest silence of a connection in milliseconds, 60,000 without it; 0 for none. */
  readonly timeoutMs?: number
  /** From 0 to 30, 10 without it, or calculated, by `CalcRetryFromBackoffMax` or `CalcRetryFromWaittimeMax`. */
  readonly retries?: number | RetryCalculator
  /** The first retry comes at once, the n-th after this many milliseconds times 2^(n-1); 300 without it. */
  readonly backoffFactorMs?: number
  /** Longest wait in milliseconds, 120,000 without it; the answer of a server that asks for more stands. */
  readonly waitMaxMs?: number
  /** Repeats POST and PATCH without an `Idempotency-Key` too, as the Python original does. */
  readonly retryUnsafe?: boolean
  /** Another `fetch`, such as one with certificates of its own: `tlsFetch` of `@hexapla/client/node`. */
  readonly fetch?: typeof globalThis.fetch
  /** Aborts everything that the client does. */
  readonly signal?: AbortSignal
  /** Further behaviour around every request, the first outermost. */
  readonly layers?: readonly Layer[]
  readonly clock?: Clock
}

/** What can be told of a single request of a {@link RestClient}. */
export interface RestRequestOptions {
  /** An `Idempotency-Key` among them makes a POST or PATCH one that may be repeated. */
  readonly headers?: HeadersInput
  readonly signal?: AbortSignal
  /** Longest silence in milliseconds, instead of the client's; 0 for none. */
  readonly timeoutMs?: number
  /** Instead of the client's. */
  readonly retryUnsafe?: boolean
}

/** What can be told of a single stream of a {@link RestClient}. */
export interface RestStreamOptions extends RestRequestOptions {
  /** Bytes searched for lines at a time; below 1, and without it, as many as arrive. */
  readonly chunkSize?: number
}

/** Turns a document into what is wanted, or throws: its result is that of the request. */
export interface Parsing<T> {
  readonly parse: (document: unknown) => T
}
