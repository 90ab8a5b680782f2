/** An entity tag (RFC 9110 section 8.8.3). */
export interface EntityTag {
  readonly weak: boolean
  /** The opaque part, without quotes. */
  readonly opaque: string
}

// etagc of RFC 9110 section 8.8.3; headers arrive as Latin-1, obs-text is allowed.
const entityTagPattern = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/
const opaquePattern = /^[\x21\x23-\x7e\x80-\xff]*$/

/** Reads one entity tag, `undefined` when `text` is none. */
export function parseEntityTag(text: string): EntityTag | undefined {
  const match = entityTagPattern.exec(text)
  if (match === null) return undefined
  return { weak: match[1] !== undefined, opaque: match[2] ?? '' }
}

/**
 * Writes an entity tag from opaque text, or passes one that has its quotes already.
 *
 * @throws TypeError when the text holds characters that a tag cannot have.
 */
export function formatEntityTag(tag: string, weak = false): string {
  if (parseEntityTag(tag) !== undefined) return weak && !tag.startsWith('W/') ? `W/${tag}` : tag
  if (!opaquePattern.test(tag))
    throw new TypeError('an entity tag holds no spaces, quotes or control characters')
  return weak ? `W/"${tag}"` : `"${tag}"`
}

/** The value of `If-Match` or `If-None-Match`: `'*'`, a list, or `undefined` when it is malformed (RFC 9110 section 13.1). */
export function parseEntityTags(header: string): '*' | readonly EntityTag[] | undefined {
  const text = header.trim()
  if (text === '*') return '*'
  const tags: EntityTag[] = []
  // A tag may hold commas, so the list is read tag by tag; empty elements are allowed (section 5.6.1.2).
  const element = /[ \t]*(?:((?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")[ \t]*)?(,|$)/y
  for (;;) {
    const match = element.exec(text)
    if (match === null) return undefined
    const tag = match[1] === undefined ? undefined : parseEntityTag(match[1])
    if (tag !== undefined) tags.push(tag)
    if (match[2] === '') return tags.length === 0 ? undefined : tags
  }
}

/** Strong comparison (RFC 9110 section 8.8.3.2). */
export function stronglyEqual(one: EntityTag, other: EntityTag): boolean {
  return !one.weak && !other.weak && one.opaque === other.opaque
}

/** Weak comparison (RFC 9110 section 8.8.3.2). */
export function weaklyEqual(one: EntityTag, other: EntityTag): boolean {
  return one.opaque === other.opaque
}
