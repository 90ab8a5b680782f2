import type { Clock } from './clock.ts'
import { discardBody } from './discard-body.ts'
import type { ClientRequest, Layer } from './layer.ts'
import { type Outcome, type RetryLimits, retryDelay } from './retry-delay.ts'

// RFC 9110 section 9.2.2; PATCH is not among them.
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

/** Repeats what failed for a passing reason: idempotent methods, others only when asked, streamed bodies never. */
export function withRetry(deps: {
  readonly clock: Clock
  readonly limits: RetryLimits
  /** Part of each wait, from 0 to 1; a random one without it, so that many clients do not return together. */
  readonly share?: (attempt: number) => number
  /** Statuses that are left to the layers around. */
  readonly passes?: (status: number) => boolean
}): Layer {
  const { clock, limits, share = Math.random, passes = () => false } = deps
  return (next) => async (request) => {
    if (!mayRepeat(request)) return next(request)
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await next(request).then(
        (response): Outcome => ({ response }),
        (error: unknown): Outcome => ({ error }),
      )
      if ('response' in outcome && passes(outcome.response.status)) return outcome.response
      const delay = retryDelay(attempt, outcome, limits, clock.now(), share(attempt))
      if (delay === undefined) {
        if ('error' in outcome) throw outcome.error
        return outcome.response
      }
      if ('response' in outcome) await discardBody(outcome.response)
      await clock.sleep(delay, request.signal)
    }
  }
}

function mayRepeat({ method, retry, body }: ClientRequest): boolean {
  if (body?.replayable === false || retry === 'never') return false
  return retry === 'always' || idempotentMethods.has(method)
}
