import type { IncomingMessage, ServerResponse } from 'node:http'
import { announcedLength } from '../body/body-intake.ts'

/** Below this, the rest of an unread body is cheaper to read than a connection to open. */
const cheapRest = 64 * 1024

/** True when the answer leaves so much of the request unread that the connection cannot be kept. */
export function mustClose(raw: IncomingMessage, expectsContinue: boolean): boolean {
  if (raw.complete) return false
  const length = announcedLength(raw)
  return expectsContinue || length === undefined || length > cheapRest
}

/**
 * Ends a response whose request is still being sent. Closing at once would make the caller's system throw away the
 * answer together with the connection (RFC 9112 section 9.6), so the rest is read and thrown away for a while.
 */
export function lingerThenEnd(
  raw: IncomingMessage,
  response: ServerResponse,
  limits: { readonly drainBytes: number; readonly drainTimeoutMs: number },
): void {
  let left = limits.drainBytes
  const finish = (): void => {
    clearTimeout(timer)
    raw.off('data', count)
    raw.off('end', finish)
    raw.off('close', finish)
    response.end()
  }
  const count = (chunk: Buffer): void => {
    left -= chunk.length
    if (left < 0) finish()
  }
  const timer = setTimeout(finish, limits.drainTimeoutMs)
  raw.on('data', count)
  raw.on('end', finish)
  raw.on('close', finish)
  raw.on('error', finish)
  raw.resume()
}
