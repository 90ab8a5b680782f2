import { nudgedLoop, type NudgedLoop } from './nudged-loop.ts'

/**
 * Keeps something in step in the background, so that whoever asks for it finds little left to do.
 *
 * @param options.keep brings it there, as long as it is wanted
 * @param options.report told when it begins to fail, and when it no longer does (undefined)
 * @param options.gather see `nudgedLoop`
 */
export function keepingWorker(options: {
  readonly keep: (isWanted: () => boolean) => Promise<void>
  readonly report: (error: unknown) => void
  readonly gather?: number
}): NudgedLoop {
  const { keep, report, ...pace } = options
  let failed = false
  return nudgedLoop(
    async (isRunning) => {
      try {
        await keep(isRunning)
        if (failed) report(undefined)
        failed = false
      } catch (error) {
        if (!failed) report(error)
        failed = true
      }
    },
    { interval: 5000, ...pace },
  )
}
