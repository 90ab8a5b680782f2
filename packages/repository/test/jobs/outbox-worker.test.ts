import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { outboxWorker, type JobHandler } from '../../src/jobs/outbox-worker.ts'
import { postgresOutbox } from '../../src/postgres/outbox/postgres-outbox.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
beforeAll(async () => {
  repository = await testRepository()
})
afterAll(() => repository.stop())
beforeEach(() => sql`delete from outbox`.execute(repository.database.write))

const enqueue = (topic: string, payload: unknown) => repository.unitOfWork((tx) => tx.enqueue(topic, payload))
const left = async () =>
  (
    await sql<{ payload: unknown; attempts: number; last_error: string | null }>`
      select payload, attempts, last_error from outbox order by id
    `.execute(repository.database.read)
  ).rows

function worker(handlers: Record<string, JobHandler>, retry = 1) {
  const failures: unknown[] = []
  const outbox = postgresOutbox(repository.database.write)
  const report = (failure: { error: unknown }) => failures.push(failure.error)
  return { failures, ...outboxWorker({ outbox, handlers, report, interval: 20, delay: () => retry }) }
}

test('work is done in its order, and forgotten', async () => {
  const done: unknown[] = []
  for (const number of [1, 2, 3]) await enqueue('count', { number })
  const one = worker({ count: async (payload) => void done.push(payload) })
  one.start()
  await expect.poll(() => done).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }])
  await one.stop()
  expect(await left()).toEqual([])
})

test('a nudge is answered long before the timer', async () => {
  const done: unknown[] = []
  const outbox = postgresOutbox(repository.database.write)
  const handlers = { count: async (payload: unknown) => void done.push(payload) }
  const one = outboxWorker({ outbox, handlers, report: () => undefined, interval: 3_600_000 })
  one.start()
  for (const number of [1, 2, 3]) {
    await enqueue('count', number)
    one.nudge()
    await expect.poll(() => done.length, { interval: 5 }).toBe(number)
  }
  await one.stop()
})

test('what fails is tried again, with its error recorded and reported', async () => {
  let attempts = 0
  await enqueue('flaky', {})
  const one = worker({
    flaky: async () => {
      attempts += 1
      if (attempts < 3) throw new Error(`attempt ${attempts}`)
    },
  })
  one.start()
  await expect.poll(left).toEqual([])
  await one.stop()
  expect(attempts).toBe(3)
  expect(one.failures).toEqual([new Error('attempt 1'), new Error('attempt 2')])
})

test('a failure holds up neither other work nor itself', async () => {
  let done = false
  await enqueue('bad', { a: 1 })
  await enqueue('good', {})
  const one = worker(
    {
      bad: () => Promise.reject(new Error('no')),
      good: async () => {
        done = true
      },
    },
    60_000,
  )
  one.start()
  await expect.poll(() => done).toBe(true)
  await one.stop()
  expect(await left()).toEqual([{ payload: { a: 1 }, attempts: 1, last_error: 'Error: no' }])
  expect(one.failures).toHaveLength(1)
})

test('work of topics that nobody here knows is left to others', async () => {
  await enqueue('elsewhere', {})
  const one = worker({ here: async () => undefined })
  one.start()
  one.nudge()
  await new Promise((resolve) => setTimeout(resolve, 100))
  await one.stop()
  expect(await left()).toEqual([{ payload: {}, attempts: 0, last_error: null }])
  expect(one.failures).toEqual([])
})

test('several processes share the work, each piece done once', async () => {
  const done: unknown[] = []
  const handlers = {
    count: async (payload: unknown) => {
      await new Promise((resolve) => setTimeout(resolve, 2))
      done.push(payload)
    },
  }
  await repository.unitOfWork(async (tx) => {
    for (let number = 0; number < 60; number += 1) await tx.enqueue('count', number)
  })
  const workers = [worker(handlers), worker(handlers), worker(handlers)]
  for (const one of workers) one.start()
  await expect.poll(left).toEqual([])
  await Promise.all(workers.map((one) => one.stop()))
  expect(done.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index))
})

test('stopping waits for the work under way and takes no more', async () => {
  const started: unknown[] = []
  let finished = 0
  const handlers = {
    slow: async (payload: unknown) => {
      started.push(payload)
      await new Promise((resolve) => setTimeout(resolve, 100))
      finished += 1
    },
  }
  await enqueue('slow', 1)
  await enqueue('slow', 2)
  const one = worker(handlers)
  one.start()
  await expect.poll(() => started.length, { interval: 5 }).toBe(1)
  await one.stop()
  expect(finished).toBe(1)
  expect(await left()).toEqual([{ payload: 2, attempts: 0, last_error: null }])
})

test('work whose process was killed is due at once', async () => {
  await enqueue('work', 'precious')
  const fixture = fileURLToPath(new URL('outbox-fixture-process.ts', import.meta.url))
  const other = spawn(process.execPath, [fixture, repository.databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  expect(String((await once(other.stdout, 'data'))[0])).toBe('taken\n')

  const done: unknown[] = []
  const one = worker({ work: async (payload) => void done.push(payload) })
  one.start()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(done).toEqual([])
  other.kill('SIGKILL')
  await expect.poll(() => done).toEqual(['precious'])
  await one.stop()
  expect(await left()).toEqual([])
})
