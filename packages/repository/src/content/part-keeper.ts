import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Staged content that lies in a file with others, and is to get a file of its own. */
export interface PartToKeep {
  readonly source: string
  /** In bytes. */
  readonly start: number
  /** In bytes. */
  readonly length: number
  /** What the bytes must be. */
  readonly sha256: string
  /** Where they are written; nothing is there yet. */
  readonly temporary: string
  /** Where they are moved then, over whatever is there. */
  readonly target: string
}

/** What became of parts: the digests of what is not there, or why it went wrong. */
export type Outcome =
  | { readonly missing: readonly string[] }
  | { readonly message: string; readonly code: string | undefined }

/** Gives parts of files files of their own. */
export interface PartKeeper {
  /**
   * Writes them durably.
   *
   * @returns the digests of what is not there
   * @throws the system's errors
   */
  readonly keep: (parts: readonly PartToKeep[]) => Promise<readonly string[]>
  /** Ends the thread; what is under way is waited for. */
  readonly close: () => Promise<void>
}

interface Asked {
  readonly resolve: (missing: readonly string[]) => void
  readonly reject: (error: unknown) => void
}

/** Starts a thread when there is something to do for the first time; it keeps no process from ending. */
export function createPartKeeper(): PartKeeper {
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  // Answers come in the order of the questions.
  const asked: Asked[] = []

  function start(): Worker {
    const started = new Worker(THREAD, { name: 'hexapla-contents' })
    started.on('message', (outcome: Outcome) => {
      const one = asked.shift()
      if (asked.length === 0) started.unref()
      if ('missing' in outcome) one?.resolve(outcome.missing)
      else one?.reject(Object.assign(new Error(outcome.message), { code: outcome.code }))
    })
    const end = (error: Error): void => {
      if (thread !== started) return
      thread = undefined
      for (const { reject } of asked.splice(0)) reject(error)
    }
    started.once('error', end)
    started.once('exit', () => end(new Error('The thread that keeps contents has ended')))
    return started
  }

  return {
    keep(parts) {
      const result = new Promise<readonly string[]>((resolve, reject) => {
        thread ??= start()
        thread.ref()
        asked.push({ resolve, reject })
        thread.postMessage(parts, [])
      })
      last = result.catch(() => undefined)
      return result
    },
    async close() {
      while (asked.length > 0) await last
      // Whoever asks while it ends is not to wait for it.
      const ending = thread
      thread = undefined
      await ending?.terminate()
    },
  }
}

/** Beside this file, as source or as it was built. */
const THREAD = new URL(`./keeping-thread${extname(import.meta.url)}`, import.meta.url)
