import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MB = 1024 * 1024

/** Bytes by which a body of any size may grow the process ("Budgets" of ARCHITECTURE.md). */
export const MAX_GROWTH = 64 * MB
/** Bytes of a file that fills whatever is filled once: pools, buffers, and what is not collected yet. */
const SMALL = 96 * MB
/** Bytes of a file that has no room in `MAX_GROWTH`. */
export const LARGE = 288 * MB

/** A server in a process of its own. */
export interface ServerProcess {
  /** Without a path. */
  readonly url: string
  /**
   * By how many bytes the memory of the server is larger at most while something is done with a large file than while the same
   * is done with a small one. What it holds at rest is no measure: that is as much as the allocator has given back just then.
   */
  growthOf(work: (size: number) => Promise<unknown>): Promise<number>
  stop(): Promise<void>
}

/** Starts a server with settings such as those of a server of `startTestServer`, whose database it shares. */
export async function startServerProcess(environment: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL('server-program.ts', import.meta.url)), {
    execArgv: ['--conditions=@hexapla/source', '--expose-gc'],
    env: { ...process.env, ...environment },
  })
  const answer = async () => {
    const [message] = (await once(child, 'message')) as [unknown]
    return message
  }
  const ask = async (order: 'reset' | 'peak') => {
    const asked = answer()
    child.send(order)
    return ((await asked) as { peak: number }).peak
  }
  const { url } = (await answer()) as { url: string }

  async function peakOf(work: () => Promise<unknown>): Promise<number> {
    await ask('reset')
    await work()
    return ask('peak')
  }
  return {
    url,
    growthOf: async (work) => {
      const small = await peakOf(() => work(SMALL))
      return (await peakOf(() => work(LARGE))) - small
    },
    async stop() {
      const ended = once(child, 'exit')
      child.send('stop')
      await ended
    },
  }
}
