import { describe, expect, test } from 'vitest'
import { NetworkError, TimeoutError } from '../errors.ts'
import { defaultRetryLimits as limits, type Outcome, retryDelay } from './retry-delay.ts'

const request = { method: 'GET', url: 'http://localhost/' }
const now = Date.parse('2026-01-01T00:00:00Z')
const answer = (status: number, retryAfter?: string): Outcome => ({
  response: new Response(null, {
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  }),
})

describe('what passes is tried again', () => {
  test.each([408, 429, 500, 502, 503, 504])('%i', (status) => {
    expect(retryDelay(1, answer(status), limits, now, 1)).toBe(300)
  })

  test.each([new NetworkError('', request, undefined), new TimeoutError(request, 5)])('%s', (error) => {
    expect(retryDelay(1, { error }, limits, now, 1)).toBe(300)
  })
})

describe('what stays is not', () => {
  test.each([200, 304, 400, 401, 403, 404, 409, 412, 422, 501, 505])('%i', (status) => {
    expect(retryDelay(1, answer(status), limits, now, 1)).toBeUndefined()
  })

  test('other errors, such as an abort', () => {
    expect(retryDelay(1, { error: new DOMException('', 'AbortError') }, limits, now, 1)).toBeUndefined()
  })

  test('after the last attempt', () => {
    expect(retryDelay(3, answer(503), limits, now, 1)).toBe(1200)
    expect(retryDelay(4, answer(503), limits, now, 1)).toBeUndefined()
  })
})

test.each([
  [1, 0, 0],
  [1, 0.5, 150],
  [2, 1, 600],
  [9, 1, 30_000],
])('attempt %i with chance %d waits %d ms', (attempt, random, wait) => {
  expect(retryDelay(attempt, answer(503), { ...limits, attempts: 20 }, now, random)).toBe(wait)
})

test.each([
  ['0', 0],
  ['7', 7000],
  ['31', undefined],
  ['Thu, 01 Jan 2026 00:00:09 GMT', 9000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['Fri, 02 Jan 2026 00:00:00 GMT', undefined],
  ['soon', 300],
])('Retry-After: %s', (value, wait) => {
  expect(retryDelay(1, answer(429, value), limits, now, 1)).toBe(wait)
})
