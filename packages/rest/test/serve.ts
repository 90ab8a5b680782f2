import { connect, type Socket } from 'node:net'
import { RestServer, type ListeningServer, type RestServerOptions } from '@hexapla/rest'
import { onTestFinished } from 'vitest'

export interface Served extends ListeningServer {
  readonly server: RestServer
}

/** A running server for one test, stopped at its end. */
export async function serve(
  configure: (server: RestServer) => void,
  options: RestServerOptions = {},
): Promise<Served> {
  const server = new RestServer(options)
  configure(server)
  const listening = await server.startup({ address: '127.0.0.1', port: 0 })
  onTestFinished(async () => await server.stop({ graceMs: 0 }))
  return { ...listening, server }
}

export interface RawConnection {
  readonly socket: Socket
  /** Everything received so far. */
  text(): string
  /** Resolves once what was received matches. */
  receives(pattern: RegExp): Promise<string>
  /** Resolves with everything received when the server has closed. */
  closed: Promise<string>
}

/** A plain connection, for what HTTP clients would not do. */
export async function dial(port: number, send = ''): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1' })
  onTestFinished(() => {
    socket.destroy()
  })
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received += chunk
  })
  // A reset ends the connection as well as an orderly close; `closed` tells of both.
  socket.on('error', () => undefined)
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(received)))
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
  socket.write(send)
  return {
    socket,
    closed,
    text: () => received,
    receives: async (pattern) => {
      while (!pattern.test(received)) {
        if (socket.destroyed) throw new Error(`closed before ${String(pattern)}: ${received}`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return received
    },
  }
}

/** The code of a problem document. */
export async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { code: unknown }).code
}
