import type { Readable } from 'node:stream'
import { OutsideError, type DatastreamContent, type OutsideErrorCode } from '@hexapla/repository'
import { HttpError, type RestRequest, type RestResponse } from '@hexapla/rest'

/** What readers are told when the content of an address cannot be fetched for them. */
const STATUS_OF: Readonly<Partial<Record<OutsideErrorCode, number>>> = {
  OUTSIDE_NOT_ALLOWED: 403,
  OUTSIDE_UNREACHABLE: 504,
  OUTSIDE_REFUSED: 502,
  OUTSIDE_INVALID: 502,
}

/**
 * Answers with the content of an address, as its source sends it: type, length, ranges. Nothing of the request but its range
 * goes there.
 *
 * @throws HttpError 403 `address-not-allowed`, 416, 502, 504 `address-unavailable`
 */
export async function sendAddress(
  request: RestRequest,
  response: RestResponse,
  address: NonNullable<DatastreamContent['address']>,
): Promise<Readable | undefined> {
  const method = request.method === 'HEAD' ? 'HEAD' : 'GET'
  const range = method === 'GET' ? request.header('range') : undefined
  const { signal } = request
  const { status, headers, body } = await address
    .open({ method, signal, ...(range !== undefined && { range }) })
    .catch((error: unknown) => {
      throw error instanceof OutsideError ? toAnswer(error) : error
    })
  response.status(status)
  for (const [name, value] of Object.entries(headers)) response.header(name, value)
  if (method === 'GET') return body
  body.destroy()
  return undefined
}

function toAnswer(error: OutsideError): HttpError {
  if (error.data['status'] === 416) {
    return new HttpError(416, 'range-not-satisfiable', error.message, { cause: error })
  }
  const status = STATUS_OF[error.code] ?? 502
  const code = status === 403 ? 'address-not-allowed' : 'address-unavailable'
  return new HttpError(status, code, `The content is elsewhere: ${error.message}`, { cause: error })
}
