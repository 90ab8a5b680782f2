import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Clock } from '../../src/index.ts'

/** A request as the server saw it. */
export interface Seen {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Answer = (res: ServerResponse, seen: Seen) => unknown

/** A server on real HTTP that answers everything with `answer`; `createServer` may make one with TLS. */
export async function startServer(
  answer: Answer,
  createServer: (listener: (req: IncomingMessage, res: ServerResponse) => void) => Server = createHttpServer,
) {
  const requests: Seen[] = []
  const server = createServer((req, res) => {
    void (async () => {
      const { method = '', url: path = '', headers } = req
      const seen = { method, path, headers, body: await text(req) }
      requests.push(seen)
      await answer(res, seen)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What a stream gives, to its end. */
export async function collect<T>(documents: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const document of documents) all.push(document)
  return all
}

export function json(res: ServerResponse, status: number, document: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document))
}

/** Answers with `fault` so many times, then with how often it was asked. */
export function flaky(faults: number, fault: (res: ServerResponse) => unknown): Answer {
  let calls = 0
  return (res) => {
    calls += 1
    return calls <= faults ? fault(res) : json(res, 200, { calls })
  }
}

/** A clock on which waiting takes no time, and that tells how long each wait was to be. */
export function patientClock(
  start = Date.parse('2026-01-01T00:00:00Z'),
): Clock & { readonly waits: number[] } {
  const waits: number[] = []
  let now = start
  return {
    waits,
    now: () => now,
    sleep(ms, signal) {
      waits.push(ms)
      now += ms
      signal?.throwIfAborted()
      return Promise.resolve()
    },
  }
}

/** Looks like a JSON Web Token with these claims. */
export function jwt(claims: Record<string, unknown>): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.signature`
}
