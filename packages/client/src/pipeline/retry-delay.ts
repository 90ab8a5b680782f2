import { NetworkError, TimeoutError } from '../errors.ts'

/** How often and how long to wait between attempts. */
export interface RetryLimits {
  /** Attempts in all, the first included. */
  readonly attempts: number
  /** Longest first wait in milliseconds; doubles with each attempt. */
  readonly baseMs: number
  /** Longest wait in milliseconds; a server that asks for more is not asked again. */
  readonly maxMs: number
}

/** Four attempts within about a minute and a half at most. */
export const defaultRetryLimits: RetryLimits = { attempts: 4, baseMs: 300, maxMs: 30_000 }

/** How an attempt ended. */
export type Outcome = { readonly response: Response } | { readonly error: unknown }

const passingStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/**
 * Milliseconds to wait before the next attempt, or `undefined` to let the outcome stand. `Retry-After` counts (RFC 9110
 * section 10.2.3); otherwise a share of a doubling wait.
 *
 * @param attempt how many attempts were made, from 1
 * @param share from 0 to 1
 */
export function retryDelay(
  attempt: number,
  outcome: Outcome,
  limits: RetryLimits,
  now: number,
  share: number,
): number | undefined {
  if (attempt >= limits.attempts) return undefined
  if ('error' in outcome) {
    const passing = outcome.error instanceof NetworkError || outcome.error instanceof TimeoutError
    return passing ? backOff(attempt, limits, share) : undefined
  }
  if (!passingStatuses.has(outcome.response.status)) return undefined
  const asked = retryAfter(outcome.response.headers.get('retry-after'), now)
  if (asked === undefined) return backOff(attempt, limits, share)
  return asked <= limits.maxMs ? asked : undefined
}

function backOff(attempt: number, { baseMs, maxMs }: RetryLimits, share: number): number {
  return Math.min(maxMs, baseMs * 2 ** (attempt - 1)) * share
}

function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
