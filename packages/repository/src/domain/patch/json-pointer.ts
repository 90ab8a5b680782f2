/** The reference tokens of a JSON Pointer, unescaped. `[]` is the whole document. */
export type JsonPointer = readonly string[]

/**
 * Reads a JSON Pointer (RFC 6901 sections 3 and 4).
 *
 * @returns its tokens, or null when the text is no pointer: it must be empty or begin with `/`, and `~` must be
 * followed by `0` or `1`
 * @example
 * parsePointer('/metadata/dc.title/0') // ['metadata', 'dc.title', '0']
 */
export function parsePointer(text: string): JsonPointer | null {
  if (text === '') return []
  if (!text.startsWith('/') || /~(?![01])/.test(text)) return null
  // `~1` before `~0`, so that `~01` becomes `~1` (RFC 6901 section 4).
  return text
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Writes tokens as a JSON Pointer. */
export function formatPointer(pointer: JsonPointer): string {
  return pointer.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The position that a token names in an array: digits without leading zeros (RFC 6901 section 4), or null. */
export function arrayPosition(token: string): number | null {
  return /^(?:0|[1-9]\d{0,14})$/.test(token) ? Number(token) : null
}
