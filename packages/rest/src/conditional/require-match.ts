import { HttpError } from '../http-error.ts'
import type { RestRequest } from '../request.ts'
import { formatEntityTag, parseEntityTag, parseEntityTags, stronglyEqual, weaklyEqual } from './entity-tag.ts'
import { parseHttpDate, wholeSeconds } from './http-date.ts'

/** How strictly {@link requireMatch} looks. */
export interface MatchOptions {
  /** For `If-Unmodified-Since`. */
  readonly lastModified?: Date | undefined
  /** `If-Match` also takes a weak tag with the same opaque text: for resources whose only tags are weak. Default `false`. */
  readonly weak?: boolean
  /** Refuses a request without `If-Match` and `If-Unmodified-Since`: 428 (RFC 6585 section 3). Default `false`. */
  readonly required?: boolean
}

/**
 * Refuses a request whose preconditions do not hold (RFC 9110 sections 13.1.1, 13.1.2, 13.1.4, in the order of
 * 13.2.2). `currentEtag` is `undefined` when the resource does not exist.
 *
 * @throws HttpError 412 `precondition-failed`, 428 `precondition-required`, 400 `malformed-precondition`.
 */
export function requireMatch(
  request: RestRequest,
  currentEtag: string | undefined,
  options: MatchOptions = {},
): void {
  const current =
    currentEtag === undefined ? undefined : (parseEntityTag(formatEntityTag(currentEtag)) ?? undefined)
  const match = request.header('if-match')
  const unmodified = request.header('if-unmodified-since')
  if (match !== undefined) {
    const wanted = tagsOf('If-Match', match)
    const equal = options.weak === true ? weaklyEqual : stronglyEqual
    if (current === undefined || (wanted !== '*' && !wanted.some((tag) => equal(tag, current))))
      throw failed('If-Match')
  } else if (unmodified !== undefined) {
    const seconds = parseHttpDate(unmodified)
    const { lastModified } = options
    // A recipient must ignore a date that is none, and the field where there is no modification date.
    if (seconds !== undefined && lastModified !== undefined && wholeSeconds(lastModified) > seconds) {
      throw failed('If-Unmodified-Since')
    }
  } else if (options.required === true) {
    throw new HttpError(428, 'precondition-required', 'this change needs If-Match')
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') refuseNoneMatch(request.header('if-none-match'))

  function refuseNoneMatch(noneMatch: string | undefined): void {
    if (noneMatch === undefined || current === undefined) return
    const unwanted = tagsOf('If-None-Match', noneMatch)
    if (unwanted === '*' || unwanted.some((tag) => weaklyEqual(tag, current))) throw failed('If-None-Match')
  }
}

function tagsOf(name: string, header: string): Exclude<ReturnType<typeof parseEntityTags>, undefined> {
  const tags = parseEntityTags(header)
  // Ignoring it would do what the caller asked not to do.
  if (tags === undefined)
    throw new HttpError(400, 'malformed-precondition', `${name} is no list of entity tags`)
  return tags
}

function failed(name: string): HttpError {
  return new HttpError(412, 'precondition-failed', `${name} does not hold: the resource has changed`)
}
