import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ServerLimits } from '../limits.ts'
import type { RestResponse } from '../response.ts'
import { encodeBody, type EncodedBody } from './encode-body.ts'
import { lingerThenEnd, mustClose } from './linger.ts'

/** The two ends of one exchange, and what decides how its answer is written. */
export interface AnswerContext {
  readonly raw: IncomingMessage
  readonly rawResponse: ServerResponse
  readonly limits: ServerLimits
  /** The caller still waits for `100 Continue`, and its body is not on the way. */
  readonly awaitsContinue: boolean
  /** The server is stopping: the connection is not kept. */
  readonly stopping: boolean
}

/** Above this the caller may take long to read, and a watch on its progress is worth its price. */
const watchedSize = 64 * 1024

/**
 * Writes the whole answer. Resolves when it is handed to the connection; rejects when a body stream fails, by then
 * with headers sent.
 */
export function sendAnswer(
  context: AnswerContext,
  response: RestResponse,
  value: unknown,
): Promise<void> | undefined {
  const { raw, rawResponse } = context
  const { headers } = response
  const status = response.statusCode ?? (value === undefined ? 204 : 200)
  const body = encodeBody(value, headers)
  const close = mustClose(raw, context.awaitsContinue)
  if (close || context.stopping) headers['connection'] = 'close'
  if (response.reason !== undefined) rawResponse.statusMessage = response.reason

  if (raw.method === 'HEAD' || status === 204 || status === 304 || body === undefined) {
    describeAbsent(raw.method, status, body, headers)
    rawResponse.writeHead(status, headers)
    if (body instanceof Readable) body.destroy()
    // A connection that is not kept at once must have its answer before the rest of its request is waited for.
    if (close) rawResponse.flushHeaders()
    end(context, close)
    return undefined
  }
  if (body instanceof Readable) {
    rawResponse.writeHead(status, headers)
    return sendStream(context, body, Number(headers['content-length'] ?? Infinity), close)
  }
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
  headers['content-length'] = String(length)
  rawResponse.writeHead(status, headers)
  if (length > watchedSize) watchProgress(rawResponse, context.limits.stalledTimeoutMs)
  if (close) {
    rawResponse.write(body)
    end(context, true)
  } else {
    rawResponse.end(body)
  }
  return undefined
}

/** The headers of an answer without content (RFC 9110 sections 8.6, 15.3.5, 15.4.5). */
function describeAbsent(
  method: string | undefined,
  status: number,
  body: EncodedBody,
  headers: Record<string, string | string[]>,
): void {
  if (status === 204 || status === 304) {
    delete headers['content-type']
    delete headers['content-length']
  } else if (body === undefined) {
    // HEAD tells what GET would say (RFC 9110 section 9.3.2), which its handler knows.
    if (method !== 'HEAD') headers['content-length'] = '0'
  } else if (!(body instanceof Readable)) {
    headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength)
  }
}

async function sendStream(
  context: AnswerContext,
  body: Readable,
  announced: number,
  close: boolean,
): Promise<void> {
  const { rawResponse } = context
  let sent = 0
  watchProgress(rawResponse, context.limits.stalledTimeoutMs)
  body.on('data', (chunk: string | Uint8Array) => {
    sent += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength
    // Bytes past the announced length would be taken for the next answer.
    if (sent > announced)
      rawResponse.destroy(new Error(`the stream has more than the announced ${announced} bytes`))
  })
  await pipeline(body, rawResponse, { end: false })
  if (Number.isFinite(announced) && sent !== announced) {
    throw new Error(`the stream has ${sent} bytes, announced were ${announced}`)
  }
  end(context, close)
}

function end(context: AnswerContext, close: boolean): void {
  if (close) lingerThenEnd(context.raw, context.rawResponse, context.limits)
  else context.rawResponse.end()
}

/** Ends a connection whose peer has stopped reading; a source that is slow is left in peace. */
function watchProgress(rawResponse: ServerResponse, stalledTimeoutMs: number): void {
  if (stalledTimeoutMs <= 0) return
  rawResponse.setTimeout(stalledTimeoutMs, () => {
    if (rawResponse.writableNeedDrain || rawResponse.writableEnded) rawResponse.destroy()
  })
}
