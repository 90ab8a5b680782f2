import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { gatheredWork } from './gathered-work.ts'

/** Doubles numbers, together as long as the test lets them be, and tells what was done at once; 0 spoils it for all. */
function doubling() {
  const rounds: { inputs: readonly number[]; end: () => void }[] = []
  const alone: number[] = []
  const gathered = gatheredWork<number, number>({
    // Numbers that end in the same digit do not go together.
    keysOf: (input) => [`${input % 10}`],
    async together(inputs) {
      await new Promise<void>((resolve) => rounds.push({ inputs, end: resolve }))
      if (inputs.includes(-1)) throw new RangeError('lost')
      return inputs.includes(0) ? undefined : inputs.map((input) => input * 2)
    },
    async alone(input) {
      alone.push(input)
      if (input === 0) throw new RangeError('0 is refused')
      return input * 2
    },
  })
  const end = async (round: number) => {
    await expect.poll(() => rounds.length).toBeGreaterThan(round)
    rounds[round]?.end()
  }
  const work = (input: number) => gathered(async () => input)
  return { work, gathered, rounds, alone, end }
}

test('what is asked for meanwhile is done together, but for what clashes', async () => {
  const { work, rounds, alone, end } = doubling()
  const first = Promise.all([1, 5].map(work))
  await expect.poll(() => rounds.length).toBe(1)
  const later = Promise.all([2, 12, 22, 3].map(work))
  for (const round of [0, 1, 2, 3]) await end(round)
  expect(await first).toEqual([2, 10])
  expect(await later).toEqual([4, 24, 44, 6])
  expect(rounds.map(({ inputs }) => inputs)).toEqual([[1, 5], [2, 3], [12], [22]])
  expect(alone).toEqual([])
})

test('two are under way at most, and nothing that clashes with them', async () => {
  const { work, rounds, end } = doubling()
  const first = work(1)
  await expect.poll(() => rounds.length).toBe(1)
  const later = Promise.all([11, 2, 12].map(work))
  await expect.poll(() => rounds.length).toBe(2)
  const last = work(3)
  await end(1)
  await end(2)
  expect(rounds.map(({ inputs }) => inputs)).toEqual([[1], [2], [12, 3]])
  await end(0)
  await end(3)
  expect(await first).toBe(2)
  expect(await later).toEqual([22, 4, 24])
  expect(await last).toBe(6)
  expect(rounds.slice(3).map(({ inputs }) => inputs)).toEqual([[11]])
})

test('what does not go together is done one by one, and fails by itself', async () => {
  const { work, alone, end } = doubling()
  const outcomes = Promise.allSettled([4, 0, 6].map(work))
  await end(0)
  expect(await outcomes).toMatchObject([
    { value: 8 },
    { reason: new RangeError('0 is refused') },
    { value: 12 },
  ])
  expect(alone).toEqual([4, 0, 6])
})

test('where nobody knows whether it was done, everybody is told so', async () => {
  const { work, alone, end } = doubling()
  const outcomes = Promise.allSettled([5, -1, 7].map(work))
  await end(0)
  expect(await outcomes).toMatchObject([
    { reason: new RangeError('lost') },
    { reason: new RangeError('lost') },
    { reason: new RangeError('lost') },
  ])
  expect(alone).toEqual([])
})

test('who is on the way is waited for, who does not come is not, and who takes long is waited for once', async () => {
  const { work, gathered, rounds, end } = doubling()
  const failing = gathered(async () => {
    await sleep(1)
    throw new RangeError('refused')
  })
  const first = Promise.all([work(1), gathered(() => sleep(1, 2))])
  await expect(failing).rejects.toThrow(new RangeError('refused'))
  const slow = Promise.withResolvers<number>()
  const late = gathered(() => slow.promise)
  await end(0)
  expect(await first).toEqual([2, 4])
  const second = work(3)
  await end(1)
  expect(await second).toBe(6)
  slow.resolve(4)
  await end(2)
  expect(await late).toBe(8)
  expect(rounds.map(({ inputs }) => inputs)).toEqual([[1, 2], [3], [4]])
})
