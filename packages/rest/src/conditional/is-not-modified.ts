import type { RestRequest } from '../request.ts'
import { formatEntityTag, parseEntityTag, parseEntityTags, weaklyEqual } from './entity-tag.ts'
import { parseHttpDate, wholeSeconds } from './http-date.ts'

/** What identifies the current state of a resource. */
export interface Validators {
  /** Opaque text, or an entity tag with its quotes. */
  readonly etag?: string | undefined
  readonly lastModified?: Date | undefined
}

/**
 * True when a GET or HEAD is to be answered 304: the caller has what is current. `If-None-Match` goes before
 * `If-Modified-Since` (RFC 9110 sections 13.1.2, 13.1.3, 13.2.2); malformed conditions are as if not there.
 *
 * @example
 * this.response.etag(item.version)
 * if (isNotModified(this.request, { etag: item.version })) return this.response.notModified()
 */
export function isNotModified(request: RestRequest, current: Validators): boolean {
  const { method } = request
  if (method !== 'GET' && method !== 'HEAD') return false
  const noneMatch = request.header('if-none-match')
  if (noneMatch !== undefined) return matchesAny(noneMatch, current.etag)
  const since = request.header('if-modified-since')
  if (since === undefined || current.lastModified === undefined) return false
  const seconds = parseHttpDate(since)
  return seconds !== undefined && wholeSeconds(current.lastModified) <= seconds
}

function matchesAny(header: string, etag: string | undefined): boolean {
  const wanted = parseEntityTags(header)
  if (wanted === '*') return true
  const tag = etag === undefined ? undefined : parseEntityTag(formatEntityTag(etag))
  if (wanted === undefined || tag === undefined) return false
  return wanted.some((other) => weaklyEqual(tag, other))
}
