import type { HitLimit, HitWindow } from '../domain/limits/hit-windows.ts'

/**
 * How full a window is.
 *
 * @param hits those that count, the oldest first, and `now`, in microseconds since 1970
 */
export function windowOf(limit: HitLimit, hits: readonly number[], now: number): HitWindow {
  const freesAt = (hit: number | undefined) =>
    hit === undefined ? 0 : Math.max(0, hit / 1000 + limit.widthMs - now / 1000)
  return {
    limit,
    remaining: Math.max(0, limit.most - hits.length),
    waitMs: hits.length < limit.most ? 0 : freesAt(hits.at(-limit.most)),
    resetMs: freesAt(hits[0]),
  }
}
