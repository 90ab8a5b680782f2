import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** An answer to a request. */
export interface Answer {
  readonly status: number
  /** Head and body. */
  readonly bytes: Buffer
  readonly body: Buffer
}

/** A connection that is kept: one request at a time. */
export interface Connection {
  /** @throws Error when the server closes the connection, or tells no length */
  readonly exchange: (request: Buffer) => Promise<Answer>
  readonly close: () => void
}

/**
 * Connects to a server. What comes back is read with just enough of HTTP to find the end of an answer with a length: on two
 * cores a client that does more would be what is measured.
 */
export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  return { exchange: exchangesOver(socket), close: () => socket.destroy() }
}

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

function exchangesOver(socket: Socket): Connection['exchange'] {
  let waiting: Waiting | undefined
  let received: Buffer = Buffer.alloc(0)
  socket.on('error', (error) => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error('The server closed a connection')))
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const bodyStart = received.indexOf('\r\n\r\n') + 4
    if (bodyStart < 4) return
    const head = received.toString('latin1', 0, bodyStart)
    const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
    const length = status === 304 ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1])
    if (Number.isNaN(length)) waiting?.reject(new Error(`An answer tells no length:\n${head}`))
    if (received.length < bodyStart + length) return
    const answer = { status, bytes: received, body: received.subarray(bodyStart) }
    received = Buffer.alloc(0)
    waiting?.resolve(answer)
  })
  return (request) =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
      socket.write(request)
    })
}
