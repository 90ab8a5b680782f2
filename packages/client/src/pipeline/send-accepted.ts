import type { ClientRequest, Send } from './layer.ts'
import { readError } from './read-error.ts'

/**
 * Sends a request and resolves with its answer, the body unread.
 *
 * @param accept statuses that are no error; 2xx and 304 without it
 * @throws {HttpError} `http_error`
 */
export async function sendAccepted(
  send: Send,
  request: ClientRequest,
  accept: (status: number) => boolean = isUsual,
): Promise<Response> {
  const response = await send(request)
  if (accept(response.status)) return response
  throw await readError(request, response)
}

function isUsual(status: number): boolean {
  return (status >= 200 && status < 300) || status === 304
}
