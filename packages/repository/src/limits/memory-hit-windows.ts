import type { Clock } from '../domain/clock.ts'
import type { HitWindows } from '../domain/limits/hit-windows.ts'
import { windowOf } from './window-of.ts'

/** Keys that are kept at most; the oldest go first. */
const KEPT = 100_000

interface Kept {
  /** Microseconds since 1970, the oldest first. */
  hits: readonly number[]
}

/** {@link HitWindows} of one process, in memory. */
export function memoryHitWindows(clock: Clock): HitWindows {
  const windows = new Map<string, Kept>()

  function keptUnder(key: string, after: number): Kept {
    const known = windows.get(key) ?? { hits: [] }
    known.hits = known.hits.filter((hit) => hit > after)
    // Those that are asked for stay behind those that are not.
    windows.delete(key)
    windows.set(key, known)
    const [oldest] = windows.keys()
    if (windows.size > KEPT && oldest !== undefined) windows.delete(oldest)
    return known
  }

  return {
    async take(limits) {
      const now = clock().getTime() * 1000
      const touched = limits.map((limit) => ({
        limit,
        kept: keptUnder(limit.key, now - limit.widthMs * 1000),
      }))
      const isTaken = touched.every(({ limit, kept }) => kept.hits.length < limit.most)
      if (isTaken) for (const { kept } of touched) kept.hits = [...kept.hits, now]
      return {
        isTaken,
        windows: touched.map(({ limit, kept }) => windowOf(limit, kept.hits, now)),
        async giveBack() {
          if (!isTaken) return
          for (const { kept } of touched) {
            const place = kept.hits.indexOf(now)
            if (place !== -1) kept.hits = kept.hits.toSpliced(place, 1)
          }
        },
      }
    },
  }
}
