import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { problemRepresentation } from '../problem.ts'

interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

/**
 * Answers what is not even a request, or ceased to be one: by then there is nothing to represent, so it is a problem
 * document. `running` is the latest response on that connection.
 */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Socket,
  running: ServerResponse | undefined,
): void {
  const midAnswer = running !== undefined && running.headersSent && !running.writableFinished
  if (error.code === 'ECONNRESET' || !socket.writable || midAnswer) {
    socket.destroy()
    return
  }
  const refusal = refusalOf(error.code)
  const body = JSON.stringify(problemRepresentation({ ...refusal, headers: {}, cause: error }).body)
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

function refusalOf(code: string | undefined): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, code: 'request-timeout', message: 'the request did not arrive in time' }
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return { status: 431, code: 'headers-too-large', message: 'the headers of the request are too large' }
  }
  return { status: 400, code: 'malformed-request', message: 'this is not an HTTP request' }
}
