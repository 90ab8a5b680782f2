import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { gatherReads } from './gather-reads.ts'

/** Squares numbers, in batches that end when the test says so. */
function squares() {
  const batches: { keys: readonly number[]; end: () => void }[] = []
  const read = gatherReads(async (keys: readonly number[]) => {
    await new Promise<void>((resolve) => batches.push({ keys, end: resolve }))
    if (keys.includes(0)) throw new RangeError('0 is refused')
    return keys.map((key) => key * key)
  })
  return { read, batches }
}

const keysOf = (batches: readonly { readonly keys: readonly number[] }[]) => batches.map(({ keys }) => keys)

test('what is asked for in one moment, or while two reads are under way, goes together', async () => {
  const { read, batches } = squares()
  const first = [read(1), Promise.resolve().then(() => read(2))]
  await expect.poll(() => keysOf(batches)).toEqual([[1, 2]])
  const second = read(3)
  await expect.poll(() => keysOf(batches)).toEqual([[1, 2], [3]])
  const others = [read(4), read(5)]
  await setImmediate()
  batches[1]?.end()
  expect(await second).toBe(9)
  await expect.poll(() => keysOf(batches)).toEqual([[1, 2], [3], [4, 5]])
  batches[2]?.end()
  expect(await Promise.all(others)).toEqual([16, 25])
  batches[0]?.end()
  expect(await Promise.all(first)).toEqual([1, 4])
  const last = read(6)
  await expect.poll(() => batches.length).toBe(4)
  batches[3]?.end()
  expect(await last).toBe(36)
})

test('a key that cannot be read fails its own reader only', async () => {
  const { read, batches } = squares()
  const outcome = Promise.allSettled([read(0), read(6)])
  await expect.poll(() => keysOf(batches)).toEqual([[0, 6]])
  batches[0]?.end()
  await expect.poll(() => keysOf(batches)).toEqual([[0, 6], [0], [6]])
  for (const batch of batches) batch.end()
  expect(await outcome).toMatchObject([
    { status: 'rejected', reason: { message: '0 is refused' } },
    { status: 'fulfilled', value: 36 },
  ])
})
