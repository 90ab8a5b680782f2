import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { RestClient } from '../../src/index.ts'
import { flaky, json, patientClock, startServer } from './json-server.ts'

const busy = (res: ServerResponse) => json(res, 503, { error: 'busy' })
const busyUntil = (retryAfter: string) => (res: ServerResponse) => {
  res.setHeader('retry-after', retryAfter)
  busy(res)
}

describe('what may pass is tried again', () => {
  test.each([408, 429, 500, 502, 503, 504])('%i', async (status) => {
    const clock = patientClock()
    await using server = await startServer(flaky(2, (res) => json(res, status, {})))
    expect(await new RestClient(server.url, { clock }).request('GET', '/')).toEqual({ calls: 3 })
  })

  test('a connection that breaks before the answer, and within it', async () => {
    const clock = patientClock()
    const faults = [
      (res: ServerResponse) => res.destroy(),
      (res: ServerResponse) => res.writeHead(200, { 'content-length': 99 }).write('{', () => res.destroy()),
      (res: ServerResponse) => res.write('{"calls":', () => res.destroy()),
    ]
    for (const fault of faults) {
      await using server = await startServer(flaky(2, fault))
      expect(await new RestClient(server.url, { clock }).request('PUT', '/', {})).toEqual({ calls: 3 })
    }
  })

  test('silence', async () => {
    const clock = patientClock()
    await using server = await startServer(flaky(1, () => undefined))
    const client = new RestClient(server.url, { clock, timeoutMs: 50 })
    expect(await client.request('GET', '/')).toEqual({ calls: 2 })
  })

  test('ten times, at once and then after 0.3 s times powers of two, two minutes at most', async () => {
    const clock = patientClock()
    await using server = await startServer(busy)
    const answer = new RestClient(server.url, { clock }).request('GET', '/')
    await expect(answer).rejects.toMatchObject({ status: 503, body: { error: 'busy' } })
    expect(clock.waits).toEqual([0, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 76_800, 120_000])
    expect(server.requests).toHaveLength(11)
  })

  test('with other numbers', async () => {
    const clock = patientClock()
    await using server = await startServer(busy)
    const client = new RestClient(server.url, { clock, retries: 4, backoffFactorMs: 10, waitMaxMs: 50 })
    await expect(client.request('GET', '/')).rejects.toMatchObject({ status: 503 })
    expect(clock.waits).toEqual([0, 20, 40, 50])
    const never = new RestClient(server.url, { clock, retries: 0 })
    await expect(never.request('GET', '/')).rejects.toMatchObject({ status: 503 })
    expect(server.requests).toHaveLength(6)
  })

  test('by the real clock', async () => {
    await using server = await startServer(flaky(3, busy))
    const started = performance.now()
    const client = new RestClient(server.url, { backoffFactorMs: 10 })
    expect(await client.request('GET', '/')).toEqual({ calls: 4 })
    expect(performance.now() - started).toBeGreaterThan(58)
  })
})

describe('Retry-After', () => {
  test.each([
    ['7', [7000]],
    ['0', [0]],
    ['Thu, 01 Jan 2026 00:00:09 GMT', [9000]],
    ['Wed, 31 Dec 2025 00:00:00 GMT', [0]],
    // It is nothing that could be obeyed.
    ['soon', [0]],
  ])('%s', async (value, waits) => {
    const clock = patientClock()
    await using server = await startServer(flaky(1, busyUntil(value)))
    expect(await new RestClient(server.url, { clock }).request('GET', '/')).toEqual({ calls: 2 })
    expect(clock.waits).toEqual(waits)
  })

  test('that is longer than the client will wait leaves the answer standing', async () => {
    const clock = patientClock()
    await using server = await startServer(flaky(1, busyUntil('121')))
    await expect(new RestClient(server.url, { clock }).request('GET', '/')).rejects.toMatchObject({
      status: 503,
    })
    expect(clock.waits).toEqual([])
    await using other = await startServer(flaky(1, busyUntil('121')))
    const client = new RestClient(other.url, { clock, waitMaxMs: 200_000 })
    expect(await client.request('GET', '/')).toEqual({ calls: 2 })
    expect(clock.waits).toEqual([121_000])
  })
})

describe('POST and PATCH', () => {
  test.each(['POST', 'PATCH'])('%s is sent once', async (method) => {
    await using server = await startServer(busy)
    await expect(new RestClient(server.url).request(method, '/')).rejects.toMatchObject({ status: 503 })
    expect(server.requests).toHaveLength(1)
    await using broken = await startServer((res) => res.destroy())
    await expect(new RestClient(broken.url).request(method, '/')).rejects.toMatchObject({
      code: 'network_error',
    })
    expect(broken.requests).toHaveLength(1)
  })

  test('with a key that makes it safe it is sent again, the same', async () => {
    const clock = patientClock()
    await using server = await startServer(flaky(2, busy))
    const headers = { 'Idempotency-Key': 'k-1' }
    const client = new RestClient(server.url, { clock })
    expect(await client.request('POST', '/', { a: 1 }, { headers })).toEqual({ calls: 3 })
    const same = { method: 'POST', body: '{"a":1}', headers: { 'idempotency-key': 'k-1' } }
    expect(server.requests).toMatchObject([same, same, same])
  })

  test('or when asked for, by the client or the request', async () => {
    const clock = patientClock()
    for (const [ofClient, ofRequest, attempts] of [
      [true, undefined, 3],
      [false, true, 3],
      [true, false, 1],
    ] as const) {
      await using server = await startServer(flaky(2, busy))
      const client = new RestClient(server.url, { clock, retryUnsafe: ofClient })
      const options = ofRequest === undefined ? {} : { retryUnsafe: ofRequest }
      await client.request('POST', '/', {}, options).catch(() => undefined)
      expect(server.requests).toHaveLength(attempts)
    }
  })
})

test('an abort ends the waiting', async () => {
  await using server = await startServer(busyUntil('60'))
  const reason = new Error('enough')
  const controller = new AbortController()
  const answer = new RestClient(server.url).request('GET', '/', {}, { signal: controller.signal })
  setTimeout(() => controller.abort(reason), 30)
  await expect(answer).rejects.toBe(reason)
  expect(server.requests).toHaveLength(1)
})
