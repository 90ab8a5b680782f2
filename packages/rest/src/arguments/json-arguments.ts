import { HttpError } from '../http-error.ts'
import type { RestRequest } from '../request.ts'

/** The properties of a JSON body. */
export type JsonArguments = Readonly<Record<string, unknown>>

/**
 * The JSON object that is the body of a request; an empty one when there is no body. However often it is asked for,
 * the body is read once.
 *
 * @throws HttpError 400 `invalid-arguments` when the body is no object; and those of `request.json()`.
 */
export async function readJsonArguments(request: RestRequest): Promise<JsonArguments> {
  if (!request.hasBody || request.header('content-length') === '0') return {}
  const body = await request.json()
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HttpError(400, 'invalid-arguments', 'the body must be a JSON object')
  }
  return body as JsonArguments
}
