import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HitWindows } from '../../src/domain/limits/hit-windows.ts'
import { memoryHitWindows } from '../../src/limits/memory-hit-windows.ts'
import { postgresHitWindows } from '../../src/postgres/limits/postgres-hit-windows.ts'
import { testDatabase } from '../_support/test-database.ts'
import { hitByProcesses } from './hit-by-processes.ts'
import { hitWindowsContract } from './hit-windows-contract.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.stop())

// Those of Redis are counted in interop/: npm has no such server.
const stores: readonly [string, () => HitWindows][] = [
  ['memory', () => memoryHitWindows(() => new Date())],
  ['PostgreSQL', () => postgresHitWindows(database.database.write)],
]

describe.each(stores)('in %s', (_name, open) => {
  test.each(hitWindowsContract)('$name', async ({ run }) => {
    await expect(run(open())).resolves.toBeUndefined()
  })
})

test('four processes that share the database take exactly what one may', async () => {
  expect(await hitByProcesses(database.url)).toBeGreaterThanOrEqual(50)
})

test('a hit costs one statement', async () => {
  const windows = postgresHitWindows(database.database.write)
  const limit = { key: 'counted', most: 1, widthMs: 1000 }
  let count = 0
  const stop = database.database.onStatement(() => (count += 1))
  await windows.take([limit, { ...limit, key: 'also' }])
  stop()
  expect(count).toBe(1)
})
