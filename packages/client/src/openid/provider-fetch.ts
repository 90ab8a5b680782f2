import { requestBody } from '../body/request-body.ts'
import { NetworkError, TimeoutError } from '../errors.ts'
import { systemClock } from '../pipeline/clock.ts'
import { fetchTransport } from '../pipeline/fetch-transport.ts'
import { type ClientRequest, compose, type RetryMode } from '../pipeline/layer.ts'
import { readError } from '../pipeline/read-error.ts'
import { defaultRetryLimits } from '../pipeline/retry-delay.ts'
import { withRetry } from '../pipeline/with-retry.ts'
import { withTimeout } from '../pipeline/with-timeout.ts'
import { OpenIDError } from './openid-error.ts'
import type { OpenIDProviderAddress } from './openid-provider-options.ts'
import { refusedByProvider } from './refused-by-provider.ts'
import { withBoundedBody } from './with-bounded-body.ts'

/** A request as `oauth4webapi` makes it. */
interface ProviderRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: URLSearchParams | string | undefined
  readonly signal?: AbortSignal
}

/** Sends a request to the provider, and gives successful answers only, with their body in memory. */
export type ProviderFetch = (url: string, request: ProviderRequest) => Promise<Response>

/**
 * Asks the provider, and again after failures that may pass. Even a refresh token that may have been spent by the lost
 * answer is sent again: its successor is lost in any case, and many providers take it once more.
 *
 * @throws {OpenIDError} `provider_unavailable`, `provider_invalid`, `oauth_refused`
 */
export function providerFetch(options: OpenIDProviderAddress, retry: RetryMode = 'always'): ProviderFetch {
  const { providerTimeoutMs: timeoutMs = 10_000, clock = systemClock } = options
  const limits = { ...defaultRetryLimits, ...options.providerRetry }
  const send = compose(
    [withRetry({ clock, limits }), withBoundedBody(), withTimeout()],
    fetchTransport(options.fetch ?? globalThis.fetch),
  )
  return async (url, { method, headers, body, signal }) => {
    const request: ClientRequest = {
      method,
      url: new URL(url),
      headers: new Headers(headers),
      body: body === undefined ? undefined : requestBody(body),
      signal,
      timeoutMs,
      retry,
      redirect: 'manual',
    }
    const response = await send(request).catch((error: unknown) => {
      throw error instanceof NetworkError || error instanceof TimeoutError ? unanswered(error) : error
    })
    if (response.ok) return response
    throw refusedByProvider(await readError(request, response))
  }
}

function unanswered(cause: NetworkError | TimeoutError): OpenIDError {
  return new OpenIDError(
    'provider_unavailable',
    `No answer from the provider: ${cause.message}`,
    {},
    { cause },
  )
}
