import { describe, expect, test } from 'vitest'
import {
  CalcRetryFromBackoffMax,
  CalcRetryFromWaittimeMax,
  numberOfRetries,
  type RetryCalculator,
} from './calc-retry.ts'

const backoff = (ms: number) => new CalcRetryFromBackoffMax(ms)
const waittime = (ms: number) => new CalcRetryFromWaittimeMax(ms)
const settings = (timeoutMs: number, backoffFactorMs: number) => ({
  timeoutMs,
  backoffFactorMs,
  waitMaxMs: 120_000,
})

describe('the number of retries', () => {
  test.each<[number, number, number | RetryCalculator, number]>([
    [500, 750, 0, 0],
    [500, 750, 1, 1],
    [500, 750, 30, 30],
    [500, 750, backoff(100), 0],
    [500, 750, backoff(500), 0],
    [500, 750, backoff(750), 1],
    [500, 750, backoff(900), 1],
    [500, 750, backoff(8100), 4],
    [500, 750, waittime(100_000), 7],
    [15_000, 500, waittime(300_000), 8],
    [1000, 100, waittime(300_000), 11],
    [5000, 2000, waittime(300_000), 7],
    [5000, 2000, waittime(10_000), 0],
    [5000, 2000, waittime(5000), 0],
  ])('time-out %i ms, factor %i ms, %o: %i', (timeoutMs, factor, retries, expected) => {
    expect(numberOfRetries(retries, settings(timeoutMs, factor))).toBe(expected)
  })

  test.each<[number, number, number | RetryCalculator]>([
    [500, 750, 31],
    [500, 750, -1],
    [500, 750, 1.5],
    [500, 750, Number.NaN],
    // Each would be more than 30.
    [500, 0.0001, backoff(120_000)],
    [500, 0, backoff(1)],
    [500, 300, waittime(3_600_000)],
    // No wait is that long.
    [500, 1, backoff(120_001)],
    [500, 300, waittime(499)],
  ])('time-out %i ms, factor %d ms, %o is refused', (timeoutMs, factor, retries) => {
    expect(() => numberOfRetries(retries, settings(timeoutMs, factor))).toThrow(
      expect.objectContaining({ code: 'options_invalid' }),
    )
  })
})

test('what is calculated from the waiting time is the most that fits', () => {
  const worst = (retries: number) => {
    const waits = Array.from({ length: retries }, (_, n) => (n === 0 ? 0 : Math.min(120_000, 300 * 2 ** n)))
    return waits.reduce((sum, wait) => sum + wait, 1000 * (retries + 1))
  }
  for (const limit of [2500, 10_000, 60_000, 1_000_000]) {
    const retries = numberOfRetries(waittime(limit), settings(1000, 300))
    expect(worst(retries)).toBeLessThan(limit)
    expect(worst(retries + 1)).toBeGreaterThanOrEqual(limit)
  }
})
