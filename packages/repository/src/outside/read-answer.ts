import { invalidAnswer, OutsideError } from '../domain/outside-error.ts'
import { failureOf } from './fetch-outside.ts'

/**
 * The bytes of an answer as they come.
 *
 * @param limit more bytes than these are refused
 * @throws OutsideError `OUTSIDE_INVALID` when there are more, `OUTSIDE_UNREACHABLE` when they break off
 * @throws the signal's reason
 */
export async function* bytesOf(
  response: Response,
  limit: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  if (response.body === null) return
  const url = new URL(response.url)
  let size = 0
  try {
    for await (const chunk of response.body) {
      size += chunk.length
      if (size > limit) throw invalidAnswer(`${url.host} answers with more than ${limit} bytes`)
      yield chunk
    }
  } catch (error) {
    throw failureOf(error, url, signal)
  }
}

/**
 * The whole of a successful answer.
 *
 * @throws OutsideError `OUTSIDE_REFUSED` with `data.status` for any status but those of success, and those of {@link bytesOf}
 * @throws the signal's reason
 */
export async function readAnswer(response: Response, limit: number, signal?: AbortSignal): Promise<Buffer> {
  await requireSuccess(response)
  const chunks: Uint8Array[] = []
  for await (const chunk of bytesOf(response, limit, signal)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * Refuses an answer that is no success; its body is not read.
 *
 * @throws OutsideError `OUTSIDE_REFUSED`, `OUTSIDE_UNREACHABLE` when the service says that it is down
 */
export async function requireSuccess(response: Response): Promise<void> {
  if (response.ok) return
  await response.body?.cancel()
  const { host } = new URL(response.url)
  const code = response.status >= 500 ? 'OUTSIDE_UNREACHABLE' : 'OUTSIDE_REFUSED'
  throw new OutsideError(code, `${host} answers with status ${response.status}`, { status: response.status })
}
