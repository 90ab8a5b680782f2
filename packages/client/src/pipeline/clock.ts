import { abortable } from './abortable.ts'

/** Time as the client sees it; another one makes waiting testable. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Waits; rejects with the signal's reason when that aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

/** The real time. */
export const systemClock: Clock = { now: () => Date.now(), sleep }

async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  try {
    await abortable(promise, signal)
  } finally {
    clearTimeout(timer)
  }
}
