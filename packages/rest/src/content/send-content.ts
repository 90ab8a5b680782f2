import type { Readable } from 'node:stream'
import { formatEntityTag, parseEntityTag, stronglyEqual } from '../conditional/entity-tag.ts'
import { parseHttpDate, wholeSeconds } from '../conditional/http-date.ts'
import { isNotModified, type Validators } from '../conditional/is-not-modified.ts'
import { requireMatch } from '../conditional/require-match.ts'
import { HttpError } from '../http-error.ts'
import type { RestRequest } from '../request.ts'
import type { RestResponse } from '../response.ts'
import { parseByteRanges, type ByteRange } from './byte-ranges.ts'
import { formatDisposition, type Disposition } from './content-disposition.ts'
import { multipartRanges } from './multipart-ranges.ts'

/** Content with a known size, of which any part can be read. */
export interface SendableContent extends Validators {
  /** In bytes. */
  readonly size: number
  /** Media type; default `application/octet-stream`. */
  readonly type?: string | undefined
  readonly disposition?: Disposition | undefined
  /** Opens the content, or the bytes of `range`. Not called for 304, 412, 416 and HEAD. */
  open(range?: ByteRange): Readable | Promise<Readable>
}

/**
 * Answers GET or HEAD with content: 200, 206 for one or a few ranges (RFC 9110 section 14), 304, 412 or 416. The
 * verb method returns the result.
 *
 * @throws HttpError 412 `precondition-failed`, 416 `range-not-satisfiable`.
 * @example
 * override get() {
 *   return sendContent(this.request, this.response, {
 *     size, type: 'application/pdf', etag: sha256, open: (range) => createReadStream(path, range),
 *   })
 * }
 */
export async function sendContent(
  request: RestRequest,
  response: RestResponse,
  content: SendableContent,
): Promise<Readable | undefined> {
  const { size, etag, lastModified, disposition } = content
  const type = content.type ?? 'application/octet-stream'
  response.header('accept-ranges', 'bytes')
  if (etag !== undefined) response.etag(etag)
  if (lastModified !== undefined) response.lastModified(lastModified)
  // Content exists, with or without a tag: `If-Match: *` holds.
  requireMatch(request, etag ?? 'W/""', { lastModified })
  if (isNotModified(request, content)) return response.notModified()
  if (disposition !== undefined) response.header('content-disposition', formatDisposition(disposition))

  const ranges = wantedRanges(request, content)
  if (ranges === undefined) {
    response.status(200).type(type).header('content-length', size)
    return request.method === 'HEAD' ? undefined : await content.open()
  }
  const [first, second] = ranges
  if (first === undefined) {
    throw new HttpError(416, 'range-not-satisfiable', `the content has ${size} bytes`, {
      headers: { 'content-range': `bytes */${size}`, 'accept-ranges': 'bytes' },
    })
  }
  response.status(206)
  if (second === undefined) {
    response.type(type).header('content-length', first.end - first.start + 1)
    response.header('content-range', `bytes ${first.start}-${first.end}/${size}`)
    return await content.open(first)
  }
  const body = multipartRanges(ranges, { size, type }, (range) => content.open(range))
  response.type(body.type).header('content-length', body.length)
  return body.open()
}

/** `undefined`: all of it. Only GET has ranges (RFC 9110 section 14.2). */
function wantedRanges(request: RestRequest, content: SendableContent): readonly ByteRange[] | undefined {
  const header = request.header('range')
  if (header === undefined || request.method !== 'GET') return undefined
  const ifRange = request.header('if-range')
  if (ifRange !== undefined && !isCurrent(ifRange, content)) return undefined
  return parseByteRanges(header, content.size)
}

/** `If-Range` (RFC 9110 section 13.1.5): a strong tag, or the very date of modification. */
function isCurrent(ifRange: string, { etag, lastModified }: Validators): boolean {
  const wanted = parseEntityTag(ifRange.trim())
  if (wanted !== undefined) {
    const current = etag === undefined ? undefined : parseEntityTag(formatEntityTag(etag))
    return current !== undefined && stronglyEqual(wanted, current)
  }
  const seconds = parseHttpDate(ifRange.trim())
  return seconds !== undefined && lastModified !== undefined && wholeSeconds(lastModified) === seconds
}
