import { openConnection } from './connection.ts'

/** What to send, over and over. */
export interface Load {
  readonly url: string
  /** Whole requests, head and body, sent in turn. */
  readonly requests: readonly Buffer[]
  readonly connections: number
  /** The only status that counts as success. */
  readonly status: number
}

/** How fast it was answered. */
export interface Rate {
  readonly perSecond: number
  /** Milliseconds, of every request. */
  readonly latencies: readonly number[]
}

/**
 * Sends requests over a few kept connections, one at a time on each.
 *
 * @throws Error when an answer has another status
 */
export async function runLoad(load: Load, milliseconds: number): Promise<Rate> {
  const latencies: number[] = []
  const started = performance.now()
  const end = started + milliseconds
  const next = takeTurns(load.requests)
  const sendInTurn = async (): Promise<void> => {
    const connection = await openConnection(load.url)
    try {
      for (let sent = performance.now(); sent < end;) {
        const { status, bytes } = await connection.exchange(next())
        if (status !== load.status) throw new Error(`An answer is not ${load.status}:\n${bytes.toString()}`)
        const now = performance.now()
        latencies.push(now - sent)
        sent = now
      }
    } finally {
      connection.close()
    }
  }
  await Promise.all(Array.from({ length: load.connections }, sendInTurn))
  return { perSecond: latencies.length / ((performance.now() - started) / 1000), latencies }
}

function takeTurns(requests: readonly Buffer[]): () => Buffer {
  let turn = 0
  return () => {
    turn = (turn + 1) % requests.length
    const request = requests[turn]
    if (request === undefined) throw new RangeError('There is nothing to send')
    return request
  }
}
