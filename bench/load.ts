import { connect, type Socket } from 'node:net'

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
 * Sends requests over a few kept connections, one at a time on each. It knows just enough of HTTP to find the end of an
 * answer with a length: on two cores a generator that does more would be what is measured.
 *
 * @throws Error when an answer has another status
 */
export async function runLoad(load: Load, milliseconds: number): Promise<Rate> {
  const latencies: number[] = []
  const started = performance.now()
  const end = started + milliseconds
  const next = takeTurns(load.requests)
  const { hostname, port } = new URL(load.url)
  await Promise.all(
    Array.from(
      { length: load.connections },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect(Number(port), hostname)
          socket.setNoDelay(true)
          sendInTurn(socket, { next, end, status: load.status, latencies, resolve, reject })
        }),
    ),
  )
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

interface Line {
  readonly next: () => Buffer
  readonly end: number
  readonly status: number
  readonly latencies: number[]
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

function sendInTurn(socket: Socket, { next, end, status, latencies, resolve, reject }: Line): void {
  let sent = 0
  let missing = -1
  let head: Buffer = Buffer.alloc(0)
  const send = () => {
    sent = performance.now()
    missing = -1
    head = Buffer.alloc(0)
    socket.write(next())
  }
  socket.once('connect', send)
  socket.once('error', reject)
  socket.once('close', () => reject(new Error('The server closed a connection')))
  socket.on('data', (chunk) => {
    if (missing < 0) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      const bodyStart = head.indexOf('\r\n\r\n') + 4
      if (bodyStart < 4) return
      const text = head.toString('latin1', 0, bodyStart)
      if (!text.startsWith(`HTTP/1.1 ${status} `)) {
        socket.destroy()
        reject(new Error(`An answer is not ${status}:\n${head.toString()}`))
        return
      }
      const length = status === 304 ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1])
      missing = length - (head.length - bodyStart)
    } else {
      missing -= chunk.length
    }
    if (Number.isNaN(missing)) {
      socket.destroy()
      reject(new Error('An answer tells no length'))
      return
    }
    if (missing > 0) return
    const now = performance.now()
    latencies.push(now - sent)
    if (now < end) send()
    else {
      resolve()
      socket.destroy()
    }
  })
}
