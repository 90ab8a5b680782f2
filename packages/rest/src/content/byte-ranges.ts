/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

// Few readers ask for more; beyond that a request is answered whole (RFC 9110 section 14.2, section 17.15).
const mostRanges = 16

/**
 * Reads `Range` for content of `size` bytes (RFC 9110 section 14.1.2). `undefined` where the field is to be ignored:
 * another unit, malformed, too many ranges, or more bytes than the whole. An empty list is 416.
 */
export function parseByteRanges(header: string, size: number): readonly ByteRange[] | undefined {
  const match = /^bytes=(.*)$/i.exec(header.trim())
  if (match?.[1] === undefined) return undefined
  const specs = match[1]
    .split(',')
    .map((spec) => spec.trim())
    .filter((spec) => spec !== '')
  if (specs.length === 0 || specs.length > mostRanges) return undefined
  const ranges: ByteRange[] = []
  let total = 0
  for (const spec of specs) {
    const range = parseOne(spec, size)
    if (range === 'malformed') return undefined
    if (range === 'unsatisfiable') continue
    ranges.push(range)
    total += range.end - range.start + 1
  }
  return ranges.length > 1 && total > size ? undefined : ranges
}

function parseOne(spec: string, size: number): ByteRange | 'malformed' | 'unsatisfiable' {
  const match = /^(\d*)-(\d*)$/.exec(spec)
  const first = match?.[1] ?? ''
  const last = match?.[2] ?? ''
  if (first === '' && last === '') return 'malformed'
  if (first === '') {
    const length = Number(last)
    if (length === 0 || size === 0) return 'unsatisfiable'
    return { start: Math.max(0, size - length), end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? Infinity : Number(last)
  if (start > end) return 'malformed'
  return start >= size ? 'unsatisfiable' : { start, end: Math.min(end, size - 1) }
}
