import { nudgedLoop, type NudgedLoop } from './nudged-loop.ts'

/**
 * Keeps another search engine in step in the background, so that a query finds little left to tell it.
 *
 * @param options.keep see `keepEngine`
 * @param options.report told when it begins to fail, and when it no longer does (undefined)
 */
export function engineWorker(options: {
  readonly keep: (isWanted: () => boolean) => Promise<void>
  readonly report: (error: unknown) => void
}): NudgedLoop {
  let failed = false
  return nudgedLoop(
    async (isRunning) => {
      try {
        await options.keep(isRunning)
        if (failed) options.report(undefined)
        failed = false
      } catch (error) {
        if (!failed) options.report(error)
        failed = true
      }
    },
    { interval: 5000 },
  )
}
