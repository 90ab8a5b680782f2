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
  let chunks: Buffer[] = []
  let head: Head | undefined
  let missing = 0
  socket.on('error', (error) => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error('The server closed a connection')))
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    missing -= chunk.length
    if (head === undefined) {
      const begun = chunks.length === 1 ? chunk : Buffer.concat(chunks)
      head = readHead(begun)
      if (head === undefined) return
      if (Number.isNaN(head.length))
        waiting?.reject(new Error(`An answer tells no length:\n${begun.toString()}`))
      missing = head.bodyStart + head.length - begun.length
    }
    if (missing > 0) return
    const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks)
    const answer = { status: head.status, bytes, body: bytes.subarray(head.bodyStart) }
    chunks = []
    head = undefined
    waiting?.resolve(answer)
  })
  return (request) =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
      socket.write(request)
    })
}

interface Head {
  readonly status: number
  readonly bodyStart: number
  /** Of the body. */
  readonly length: number
}

function readHead(bytes: Buffer): Head | undefined {
  const bodyStart = bytes.indexOf('\r\n\r\n') + 4
  if (bodyStart < 4) return undefined
  const text = bytes.toString('latin1', 0, bodyStart)
  const status = Number(text.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
  const length = status === 304 ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1])
  return { status, bodyStart, length }
}
