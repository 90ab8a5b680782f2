import { deepEqual, equal, ok } from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { HitWindows } from '../../src/domain/limits/hit-windows.ts'

/** One thing that holds for every store of hits, whatever runs it: throws when it does not. */
export interface HitWindowsCase {
  readonly name: string
  readonly run: (hits: HitWindows) => Promise<void>
}

/** Long enough for a busy machine to stay within. */
const WIDTH_MS = 1000
/** Clocks of stores and of this process tick apart. */
const TICK_MS = 5

/** What holds for all stores, by real clocks. */
export const hitWindowsContract: readonly HitWindowsCase[] = [
  {
    name: 'so many are taken, and no more',
    run: async (hits) => {
      const limit = limitOf('plain', 3)
      const seen = []
      for (let count = 0; count < 4; count += 1) {
        const { isTaken, windows } = await hits.take([limit])
        seen.push([isTaken, windows[0]?.remaining])
      }
      deepEqual(seen, [
        [true, 2],
        [true, 1],
        [true, 0],
        [false, 0],
      ])
    },
  },
  {
    name: 'one is taken again when the oldest is as old as the window is wide, not before',
    run: async (hits) => {
      const limit = limitOf('moving', 2)
      const began = performance.now()
      ok((await hits.take([limit])).isTaken)
      await delay(400)
      ok((await hits.take([limit])).isTaken)
      const full = await hits.take([limit])
      ok(!full.isTaken)
      const wait = full.windows[0]?.waitMs ?? 0
      ok(wait > 0 && wait <= WIDTH_MS - 400 + TICK_MS, `the wait is ${wait}`)
      equal(full.windows[0]?.resetMs, wait)
      await delay(wait + TICK_MS)
      ok((await hits.take([limit])).isTaken, 'the wait was over')
      ok(performance.now() - began < WIDTH_MS + 400, 'the machine is too busy for this test')
      ok(!(await hits.take([limit])).isTaken, 'the second one counts still')
    },
  },
  {
    name: 'what is refused does not count',
    run: async (hits) => {
      const limit = limitOf('refused', 1)
      ok((await hits.take([limit])).isTaken)
      await delay(WIDTH_MS / 2)
      ok(!(await hits.take([limit])).isTaken)
      await delay(WIDTH_MS / 2 + TICK_MS)
      ok((await hits.take([limit])).isTaken)
    },
  },
  {
    name: 'a hit counts under all keys or under none, in their order',
    run: async (hits) => {
      const [narrow, wide] = [limitOf('z narrow', 1), limitOf('a wide', 5)]
      ok((await hits.take([narrow, wide])).isTaken)
      const refused = await hits.take([narrow, wide])
      deepEqual(
        refused.windows.map(({ limit, remaining, waitMs }) => [limit.key, remaining, waitMs > 0]),
        [
          [narrow.key, 0, true],
          [wide.key, 4, false],
        ],
      )
      equal((await hits.take([wide])).windows[0]?.remaining, 3)
    },
  },
  {
    name: 'what is taken back was never there',
    run: async (hits) => {
      const limits = [limitOf('back', 2), limitOf('back too', 2)]
      const first = await hits.take(limits)
      await hits.take(limits)
      const refused = await hits.take(limits)
      await refused.giveBack()
      ok(!(await hits.take(limits)).isTaken)
      await first.giveBack()
      ok((await hits.take(limits)).isTaken)
      await delay(WIDTH_MS + TICK_MS)
      await first.giveBack()
      equal((await hits.take(limits)).windows[0]?.remaining, 1)
    },
  },
  {
    name: 'of hits at once, in whatever order of keys, as many are taken as may be',
    run: async (hits) => {
      const [one, other] = [limitOf('one', 10), limitOf('other', 10)]
      const all = Array.from({ length: 60 }, (_, index) =>
        hits.take(index % 2 === 0 ? [one, other] : [other, one]),
      )
      equal((await Promise.all(all)).filter(({ isTaken }) => isTaken).length, 10)
    },
  },
]

function limitOf(name: string, most: number) {
  return { key: `${name} ${Math.random()}`, most, widthMs: WIDTH_MS }
}
