import { randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

const CHUNK = randomFillSync(Buffer.alloc(256 * 1024))

/** A body that costs its sender next to nothing. */
export interface UploadBody {
  readonly bytes: number
  readonly before?: string
  readonly after?: string
}

/** Sends a large body; resolves with the answer to it. @throws Error unless that is 201 */
export async function upload(
  url: string,
  headers: Readonly<Record<string, string>>,
  { bytes, before = '', after = '' }: UploadBody,
): Promise<{ readonly headers: IncomingHttpHeaders; readonly text: string }> {
  // No two uploads are the same, so that none is spared for being known.
  randomFillSync(CHUNK, 0, 16)
  const length = Buffer.byteLength(before) + bytes + Buffer.byteLength(after)
  const sending = request(url, { method: 'POST', headers: { ...headers, 'content-length': length } })
  const answered = once(sending, 'response')
  sending.write(before)
  for (let left = bytes; left > 0; left -= CHUNK.length) {
    if (!sending.write(CHUNK.subarray(0, left))) await once(sending, 'drain')
  }
  sending.end(after)
  const [answer] = (await answered) as [IncomingMessage]
  const body = await text(answer)
  if (answer.statusCode !== 201) throw new Error(`The upload was answered with ${answer.statusCode}: ${body}`)
  return { headers: answer.headers, text: body }
}
