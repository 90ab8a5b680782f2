import { setTimeout as sleep } from 'node:timers/promises'
import { handleJob, type JobHandler } from './outbox-worker.ts'
import type { Outbox } from './outbox.ts'

/** Milliseconds between looks at jobs that others have at hand, and until these are waited for no more. */
const [PAUSE, PATIENCE] = [10, 5000]

/**
 * Does what is due of some topics now, for those whose answer hangs on it; waits for jobs that others have at hand. One that
 * fails is tried again later, by the worker.
 */
export function settleJobs(options: {
  readonly outbox: Outbox
  /** The same, where reads cost little: it is asked every time. */
  readonly due: Pick<Outbox, 'isDue'>
  readonly handlers: Readonly<Record<string, JobHandler>>
}): () => Promise<void> {
  const { outbox, due, handlers } = options
  const topics = Object.keys(handlers)
  return async () => {
    const end = performance.now() + PATIENCE
    while (performance.now() < end && (await due.isDue(topics))) {
      const { kind } = await outbox.next((job) => handleJob(handlers, job), { topics, delay: () => 1000 })
      if (kind === 'none') await sleep(PAUSE)
    }
  }
}
