import type { Job, Outbox } from './outbox.ts'

/** Does the work of one topic. It may run again after it succeeded, when the process died in between. */
export type JobHandler = (payload: unknown) => Promise<void>

export interface OutboxWorker {
  /** Begins with what is due, and goes on until {@link OutboxWorker.stop}. */
  start(): void
  /** Looks for work soon; pass it to the unit of work as `onCommitted`. Cheap, however often it is called. */
  nudge(): void
  /** Takes no further job; resolves when the one under way has ended. */
  stop(): Promise<void>
}

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

/** Nudges within this many milliseconds lead to one look: a busy server commits more often than it leaves work. */
const GATHER = 20

/**
 * Does what transactions left to be done after their commit, one job at a time.
 *
 * @example
 * const worker = outboxWorker({ outbox, handlers: { [CONTENT_RELEASED]: releaseContent(deps) }, report })
 * worker.start()
 */
export function outboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const { outbox, handlers, report, interval = 5000, delay = doublingDelay } = options
  const topics = Object.keys(handlers)
  const state = { isRunning: false }
  let timer: NodeJS.Timeout | undefined
  let timerIsNudge = false
  let underWay: Promise<void> | undefined
  let nudged = false

  function schedule(isNudge: boolean): void {
    clearTimeout(timer)
    timerIsNudge = isNudge
    timer = setTimeout(look, isNudge ? GATHER : interval)
    timer.unref()
  }

  function look(): void {
    nudged = false
    underWay = drain().finally(() => {
      underWay = undefined
      if (state.isRunning) schedule(nudged)
    })
  }

  async function drain(): Promise<void> {
    try {
      while (state.isRunning) {
        const outcome = await outbox.next((job) => handle(job), { topics, delay })
        if (outcome.kind === 'none') return
        if (outcome.kind === 'failed') report({ job: outcome.job, error: outcome.error })
      }
    } catch (error) {
      report({ error })
    }
  }

  async function handle(job: Job): Promise<void> {
    const handler = Object.hasOwn(handlers, job.topic) ? handlers[job.topic] : undefined
    if (handler === undefined) throw new Error(`Nobody handles ${job.topic}`)
    await handler(job.payload)
  }

  return {
    start() {
      if (state.isRunning) return
      state.isRunning = true
      if (underWay === undefined) look()
    },
    nudge() {
      nudged = true
      if (state.isRunning && underWay === undefined && !timerIsNudge) schedule(true)
    },
    async stop() {
      state.isRunning = false
      clearTimeout(timer)
      await underWay
    },
  }
}

const SECOND = 1000
const HOUR = 3600 * SECOND

function doublingDelay(attempts: number): number {
  return Math.min(HOUR, SECOND * 2 ** (attempts - 1))
}
