import { HttpError } from '../errors.ts'
import { discardBody } from './discard-body.ts'
import type { ClientRequest } from './layer.ts'

// No error document is longer; what a faulty server sends beyond is not held in memory.
const maxBytes = 256 * 1024

/** Reads an answer that the caller does not accept into an {@link HttpError}. */
export async function readError(request: ClientRequest, response: Response): Promise<HttpError> {
  const body = parse(await readStart(response), response.headers.get('content-type') ?? '')
  const { status, headers } = response
  const { method } = request
  const url = response.url === '' ? request.url.href : response.url
  const requestId = headers.get('x-request-id') ?? headers.get('x-correlation-id') ?? undefined
  const detail = messageOf(body)
  const message = `${method} ${url}: ${status}${detail === undefined ? '' : ` ${detail}`}`
  return new HttpError(message, { status, method, url, body, requestId, headers })
}

async function readStart(response: Response): Promise<string> {
  const length = Number(response.headers.get('content-length') ?? 0)
  if (length > maxBytes) {
    await discardBody(response)
    return ''
  }
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length <= maxBytes) continue
    await reader.cancel()
    return text.slice(0, maxBytes)
  }
}

function parse(text: string, mediaType: string): unknown {
  if (text === '') return undefined
  if (!/[/+]json\b/i.test(mediaType)) return text
  try {
    return JSON.parse(text)
  } catch {
    // An answer that lies about its type is shown as it came.
    return text
  }
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  // DSpace and Fastify, RFC 9457, rest-tools.
  const { message, detail, error } = body as Readonly<Record<string, unknown>>
  return [message, detail, error].find((text) => typeof text === 'string')
}
