import type { Clock } from './clock.ts'
import { discardBody } from './discard-body.ts'
import type { Layer } from './layer.ts'
import { type RetryLimits, retryDelay } from './retry-delay.ts'

/**
 * Waits where the server says that there were too many requests (RFC 6585 section 4), and asks again: as long as
 * `Retry-After` tells, else a doubling time. Nothing was done with the request, so every method is repeated; streamed bodies
 * are not.
 */
export function withPatience(deps: { readonly clock: Clock; readonly limits: RetryLimits }): Layer {
  const { clock, limits } = deps
  return (next) => async (request) => {
    if (request.body?.replayable === false || request.retry === 'never') return next(request)
    for (let attempt = 1; ; attempt += 1) {
      const response = await next(request)
      if (response.status !== 429) return response
      const delay = retryDelay(attempt, { response }, limits, clock.now(), 1)
      if (delay === undefined) return response
      await discardBody(response)
      await clock.sleep(delay, request.signal)
    }
  }
}
