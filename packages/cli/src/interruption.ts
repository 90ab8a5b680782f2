import { CommandError } from './command-error.ts'
import { EXIT } from './exit-code.ts'

/** A terminal, npm and our own launcher may each pass the same Ctrl-C on: within this time it counts once. */
const SAME_PRESS_MS = 500

/**
 * Runs `work` and tells it by a signal when the process is asked to end (SIGINT, SIGTERM, SIGHUP). Asked once more, the
 * process ends at once.
 *
 * @param work must end soon after the abort; the abort's reason is a `CommandError` `INTERRUPTED`
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let first: number | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    const exitCode = signal === 'SIGTERM' ? EXIT.TERMINATED : EXIT.INTERRUPTED
    if (first === undefined) {
      first = performance.now()
      controller.abort(new CommandError('INTERRUPTED', `ended by ${signal}`, exitCode))
    } else if (performance.now() - first > SAME_PRESS_MS) {
      process.exit(exitCode)
    }
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
