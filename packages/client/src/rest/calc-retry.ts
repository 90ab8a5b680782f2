import { ClientError } from '../errors.ts'

/** No client repeats a request more often. */
export const maxRetries = 30

/** What the number of retries is calculated from. */
export interface RetrySettings {
  readonly timeoutMs: number
  readonly backoffFactorMs: number
  /** Longest wait before a retry, in milliseconds. */
  readonly waitMaxMs: number
}

/** Calculates the number of retries of a {@link RestClient}. */
export interface RetryCalculator {
  /** @throws {ClientError} `options_invalid` when it does not go with the settings */
  readonly calculateRetries: (settings: RetrySettings) => number
}

/**
 * As many retries as there are until the wait before the last one reaches `backoffMaxMs`.
 *
 * @example
 * // Waits of 0, 0.6, 1.2, 2.4 and 4.8 seconds.
 * new RestClient(address, { retries: new CalcRetryFromBackoffMax(5000) }).retries // 5
 */
export class CalcRetryFromBackoffMax implements RetryCalculator {
  /** Milliseconds. */
  readonly backoffMaxMs: number

  constructor(backoffMaxMs: number) {
    this.backoffMaxMs = backoffMaxMs
  }

  calculateRetries({ backoffFactorMs, waitMaxMs }: RetrySettings): number {
    if (this.backoffMaxMs > waitMaxMs) {
      throw invalid(
        `No wait is longer than ${waitMaxMs} ms, so that none of ${this.backoffMaxMs} ms is reached`,
      )
    }
    return Math.max(0, Math.trunc(Math.log2(this.backoffMaxMs / backoffFactorMs) + 1))
  }
}

/**
 * As many retries as surely end within `waittimeMaxMs`: every attempt counts with its whole time-out, every wait with
 * its length. A `Retry-After` of the server is not foreseen.
 *
 * @example
 * new RestClient(address, { timeoutMs: 15_000, retries: new CalcRetryFromWaittimeMax(5 * 60_000) })
 */
export class CalcRetryFromWaittimeMax implements RetryCalculator {
  /** Milliseconds. */
  readonly waittimeMaxMs: number

  constructor(waittimeMaxMs: number) {
    this.waittimeMaxMs = waittimeMaxMs
  }

  calculateRetries({ timeoutMs, backoffFactorMs, waitMaxMs }: RetrySettings): number {
    if (this.waittimeMaxMs < timeoutMs) {
      throw invalid(`One attempt of ${timeoutMs} ms is longer than ${this.waittimeMaxMs} ms`)
    }
    let retries = 0
    // Two attempts, with no wait between them.
    let total = 2 * timeoutMs
    while (total < this.waittimeMaxMs && retries <= maxRetries) {
      retries += 1
      total += Math.min(waitMaxMs, backoffFactorMs * 2 ** retries) + timeoutMs
    }
    return retries
  }
}

/** @throws {ClientError} `options_invalid` for anything but a whole number from 0 to 30 */
export function numberOfRetries(retries: number | RetryCalculator, settings: RetrySettings): number {
  const number = typeof retries === 'number' ? retries : retries.calculateRetries(settings)
  if (Number.isInteger(number) && number >= 0 && number <= maxRetries) return number
  throw invalid(`The number of retries must be from 0 to ${maxRetries}, not ${number}`)
}

function invalid(message: string): ClientError {
  return new ClientError('options_invalid', message)
}
