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

test('what is asked for in one moment, or while a read is under way, goes together', async () => {
  const { read, batches } = squares()
  const first = [read(1), Promise.resolve().then(() => read(2))]
  await expect.poll(() => batches.map(({ keys }) => keys)).toEqual([[1, 2]])
  const others = [read(3), read(4)]
  batches[0]?.end()
  expect(await Promise.all(first)).toEqual([1, 4])
  await expect
    .poll(() => batches.map(({ keys }) => keys))
    .toEqual([
      [1, 2],
      [3, 4],
    ])
  batches[1]?.end()
  expect(await Promise.all(others)).toEqual([9, 16])
  const last = read(5)
  await expect.poll(() => batches.length).toBe(3)
  batches[2]?.end()
  expect(await last).toBe(25)
})

test('a key that cannot be read fails its own reader only', async () => {
  const { read, batches } = squares()
  const first = read(1)
  await expect.poll(() => batches.length).toBe(1)
  const [refused, fine] = [read(0), read(6)]
  const outcome = Promise.allSettled([refused, fine])
  batches[0]?.end()
  await first
  await expect.poll(() => batches.length).toBe(2)
  batches[1]?.end()
  await expect.poll(() => batches.length).toBe(4)
  expect(batches.slice(2).map(({ keys }) => keys)).toEqual([[0], [6]])
  for (const batch of batches) batch.end()
  expect(await outcome).toMatchObject([
    { status: 'rejected', reason: { message: '0 is refused' } },
    { status: 'fulfilled', value: 36 },
  ])
})
