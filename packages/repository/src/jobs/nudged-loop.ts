/** Looks for work again and again. */
export interface NudgedLoop {
  /** Begins with what is due, and goes on until {@link NudgedLoop.stop}. */
  start(): void
  /** Looks for work soon. Cheap, however often it is called. */
  nudge(): void
  /** Looks now where it was nudged; resolves when nothing is under way. */
  settled(): Promise<void>
  /** Looks no more; resolves when the look under way has ended. */
  stop(): Promise<void>
}

/**
 * A loop of looks, one at a time.
 *
 * @param look does what there is to do while `isRunning`; it never fails
 * @param interval milliseconds between looks without a nudge
 * @param gather nudges within so many milliseconds lead to one look: a busy server commits more often than it leaves work
 */
export function nudgedLoop(
  look: (isRunning: () => boolean) => Promise<void>,
  { interval, gather = 100 }: { readonly interval: number; readonly gather?: number },
): NudgedLoop {
  let isRunning = false
  let timer: NodeJS.Timeout | undefined
  let timerIsNudge = false
  let underWay: Promise<void> | undefined
  let nudged = false

  function schedule(isNudge: boolean): void {
    clearTimeout(timer)
    timerIsNudge = isNudge
    timer = setTimeout(begin, isNudge ? gather : interval)
    timer.unref()
  }

  function begin(): void {
    clearTimeout(timer)
    timerIsNudge = false
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
    async settled() {
      while (underWay !== undefined || timerIsNudge) {
        if (underWay === undefined) begin()
        await underWay
      }
    },
    async stop() {
      isRunning = false
      timerIsNudge = false
      clearTimeout(timer)
      await underWay
    },
  }
}
