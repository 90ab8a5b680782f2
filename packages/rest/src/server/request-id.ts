import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { TrustFunction } from './trust-proxy.ts'

// Long enough for any tracing system, and nothing that could break a log line or a header.
const sanePattern = /^[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,127}$/

/** Makes the function that names requests: the id of a trusted proxy where it is sane, else a new UUID. */
export function requestIdSource(trusts: TrustFunction | undefined): (raw: IncomingMessage) => string {
  if (trusts === undefined) return () => randomUUID()
  return (raw) => {
    const given = raw.headers['x-request-id']
    const peer = raw.socket.remoteAddress
    if (typeof given !== 'string' || peer === undefined || !sanePattern.test(given)) return randomUUID()
    return trusts(peer, 0) ? given : randomUUID()
  }
}
