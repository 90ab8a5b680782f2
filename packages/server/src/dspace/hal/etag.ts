import { hash } from 'node:crypto'
import { HttpError, parseEntityTags, type RestRequest } from '@hexapla/rest'

/**
 * The tag of a record's document: its version counter, so that it is known before the document is written.
 *
 * @param variant what else the document depends on: a digest of the whole where something is embedded, or who reads
 */
export function recordTag(version: number, variant = ''): string {
  return `"${version}${variant === '' ? '' : `-${variant}`}"`
}

/** The tag of a document that has no version of its own. */
export function digestTag(text: string): string {
  return `"${digest(text)}"`
}

/** A short digest of a document. */
export function digest(text: string): string {
  return hash('sha1', text, 'base64url')
}

/**
 * The versions that `If-Match` names, for the write to compare: one of them must be the present one (RFC 9110 section
 * 13.1.1). `any` without the header and for `*`. Only the counter counts, so that the tag of a document with embeds
 * serves as well.
 *
 * @throws HttpError 412 `precondition-failed` when no tag of the header is one of a record
 */
export function expectedVersion(request: RestRequest): readonly number[] | 'any' {
  const header = request.header('if-match')
  const tags = header === undefined ? '*' : parseEntityTags(header)
  if (tags === '*') return 'any'
  const versions = (tags ?? []).flatMap(({ opaque }) => {
    const version = /^(\d+)(?:-|$)/.exec(opaque)?.[1]
    return version === undefined ? [] : [Number(version)]
  })
  if (versions.length === 0) {
    throw new HttpError(412, 'precondition-failed', 'If-Match names no version of this resource')
  }
  return versions
}
