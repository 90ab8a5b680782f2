import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../src/index.ts'

/** The real time, but faster, or ahead: a device login polls every five seconds. */
export function hurriedClock(settings: { readonly times?: number; readonly aheadMs?: number }): Clock & {
  readonly sleeps: number[]
} {
  const { times = 1, aheadMs = 0 } = settings
  const start = Date.now()
  const sleeps: number[] = []
  return {
    sleeps,
    now: () => start + (Date.now() - start) * times + aheadMs,
    async sleep(ms, signal) {
      sleeps.push(ms)
      await wait(ms / times, undefined, signal && { signal }).catch((error: unknown) => {
        signal?.throwIfAborted()
        throw error
      })
    },
  }
}
