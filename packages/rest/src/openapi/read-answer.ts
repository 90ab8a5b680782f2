import { Readable } from 'node:stream'
import type { RestResponse } from '../response.ts'
import { json, SerializedJson } from '../serialized-json.ts'
import { encodeBody } from '../server/encode-body.ts'
import type { Answer } from './specification/check-answer.ts'

/** What a verb method's result will be on the wire, and the same to be sent without writing it twice. */
export function readAnswer(
  response: RestResponse,
  value: unknown,
): { readonly answer: Answer; readonly sendable: unknown } {
  const body = response.ended ? response.endedBody : value
  const headers = { ...response.headers }
  const encoded = encodeBody(body, headers)
  const contentType = headers['content-type']
  const isText = typeof encoded === 'string'
  const answer: Answer = {
    status: response.statusCode ?? (encoded === undefined ? 204 : 200),
    hasBody: encoded !== undefined,
    contentType: typeof contentType === 'string' ? contentType : undefined,
    headers: new Set(Object.keys(headers)),
    text: isText ? encoded : undefined,
  }
  const isDocument = isText && typeof body === 'object' && !(body instanceof SerializedJson)
  // A web stream that was turned into one of Node cannot be read by itself any more.
  return { answer, sendable: isDocument ? json(encoded) : encoded instanceof Readable ? encoded : body }
}
