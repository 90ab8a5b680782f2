import { nudgedLoop, type NudgedLoop } from './nudged-loop.ts'
import type { Job, Outbox } from './outbox.ts'

/** Does the work of one topic. It may run again after it succeeded, when the process died in between. */
export type JobHandler = (payload: unknown) => Promise<void>

export interface OutboxWorkerOptions {
  readonly outbox: Outbox
  /** What is done for each topic. Jobs of other topics are left to processes that know them. */
  readonly handlers: Readonly<Record<string, JobHandler>>
  /** Told of every failure: of a job, which is tried again, or of the database, when `job` is absent. */
  readonly report: (failure: { readonly job?: Job; readonly error: unknown }) => void
  /** Milliseconds between looks without a nudge: for other processes' work and for what is due again (default 5000). */
  readonly interval?: number
  /** Milliseconds until a job that failed `attempts` times is tried again (default doubling from a second to an hour). */
  readonly delay?: (attempts: number) => number
}

/**
 * Does what transactions left to be done after their commit, one job at a time. Pass its `nudge` to the unit of work as
 * `onCommitted`.
 *
 * @example
 * const worker = outboxWorker({ outbox, handlers: { [CONTENT_RELEASED]: releaseContent(deps) }, report })
 * worker.start()
 */
export function outboxWorker(options: OutboxWorkerOptions): NudgedLoop {
  const { outbox, handlers, report, interval = 5000, delay = doublingDelay } = options
  const topics = Object.keys(handlers)

  async function drain(isRunning: () => boolean): Promise<void> {
    try {
      while (isRunning()) {
        const outcome = await outbox.next((job) => handleJob(handlers, job), { topics, delay })
        if (outcome.kind === 'none') return
        if (outcome.kind === 'failed') report({ job: outcome.job, error: outcome.error })
      }
    } catch (error) {
      report({ error })
    }
  }

  return nudgedLoop(drain, { interval })
}

/** Does one job. */
export async function handleJob(handlers: Readonly<Record<string, JobHandler>>, job: Job): Promise<void> {
  const handler = Object.hasOwn(handlers, job.topic) ? handlers[job.topic] : undefined
  if (handler === undefined) throw new Error(`Nobody handles ${job.topic}`)
  await handler(job.payload)
}

const SECOND = 1000
const HOUR = 3600 * SECOND

function doublingDelay(attempts: number): number {
  return Math.min(HOUR, SECOND * 2 ** (attempts - 1))
}
