/** Looks for work again and again. */
export interface NudgedLoop {
  /** Begins with what is due, and goes on until {@link NudgedLoop.stop}. */
  start(): void
  /** Looks for work soon. Cheap, however often it is called. */
  nudge(): void
  /** Looks no more; resolves when the look under way has ended. */
  stop(): Promise<void>
}

/** Nudges within this many milliseconds lead to one look: a busy server commits more often than it leaves work. */
const GATHER = 100

/**
 * A loop of looks, one at a time.
 *
 * @param look does what there is to do while `isRunning`; it never fails
 * @param interval milliseconds between looks without a nudge
 */
export function nudgedLoop(
  look: (isRunning: () => boolean) => Promise<void>,
  { interval }: { readonly interval: number },
): NudgedLoop {
  let isRunning = false
  let timer: NodeJS.Timeout | undefined
  let timerIsNudge = false
  let underWay: Promise<void> | undefined
  let nudged = false

  function schedule(isNudge: boolean): void {
    clearTimeout(timer)
    timerIsNudge = isNudge
    timer = setTimeout(begin, isNudge ? GATHER : interval)
    timer.unref()
  }

  function begin(): void {
    nudged = false
    underWay = look(() => isRunning).finally(() => {
      underWay = undefined
      if (isRunning) schedule(nudged)
    })
  }

  return {
    start() {
      if (isRunning) return
      isRunning = true
      if (underWay === undefined) begin()
    },
    nudge() {
      nudged = true
      if (isRunning && underWay === undefined && !timerIsNudge) schedule(true)
    },
    async stop() {
      isRunning = false
      clearTimeout(timer)
      await underWay
    },
  }
}
