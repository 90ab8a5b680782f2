import { hash } from 'node:crypto'
import { HttpError, parseEntityTag, type RestRequest } from '@hexapla/rest'

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
 * The version that `If-Match` names, for the write to compare; `any` without the header and for `*`. Only the counter
 * counts, so that the tag of a document with embeds serves as well.
 *
 * @throws HttpError 412 `precondition-failed` when no tag of the header is one of a record
 */
export function expectedVersion(request: RestRequest): number | 'any' {
  const header = request.header('if-match')?.trim()
  if (header === undefined || header === '*') return 'any'
  const versions = header
    .split(',')
    .map((text) => parseEntityTag(text.trim()))
    .map((tag) => Number(/^(\d+)(?:-|$)/.exec(tag?.opaque ?? '')?.[1] ?? Number.NaN))
    .filter((version) => !Number.isNaN(version))
  const [version] = versions
  if (version === undefined) {
    throw new HttpError(412, 'precondition-failed', 'If-Match names no version of this resource')
  }
  return version
}
