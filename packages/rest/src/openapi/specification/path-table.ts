import { decodePercent } from './parameter-style.ts'

/** A segment of a path template: a fixed text, or one with parameters in it. */
type Segment = string | { readonly pattern: RegExp; readonly names: readonly string[] }

interface Entry<Value> {
  readonly segments: readonly Segment[]
  readonly value: Value
}

/** What was found for a path, with the parts that its template names, as sent. */
export interface PathMatch<Value> {
  readonly value: Value
  readonly pathValues: ReadonlyMap<string, string>
}

/**
 * Finds paths by their templates, such as `/fruits/{name}`; templates with more fixed text go before others (OpenAPI 3.1
 * section 4.8.8.2).
 *
 * @param prefixes paths below which the templates lie, one for each server
 */
export function pathTable<Value>(
  templates: ReadonlyMap<string, Value>,
  prefixes: readonly string[],
): (path: string) => PathMatch<Value> | undefined {
  const byLength = new Map<number, Entry<Value>[]>()
  for (const [template, value] of templates) {
    const segments = template.split('/').map(toSegment)
    const entries = byLength.get(segments.length) ?? []
    entries.push({ segments, value })
    byLength.set(segments.length, entries)
  }
  for (const entries of byLength.values()) entries.sort((one, other) => (rank(one) < rank(other) ? -1 : 1))
  return (path) => {
    for (const prefix of prefixes) {
      if (!path.startsWith(`${prefix}/`)) continue
      const parts = path.slice(prefix.length).split('/')
      for (const { segments, value } of byLength.get(parts.length) ?? []) {
        const pathValues = match(segments, parts)
        if (pathValues !== undefined) return { value, pathValues }
      }
    }
    return undefined
  }
}

function match(
  segments: readonly Segment[],
  parts: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>()
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? ''
    if (typeof segment === 'string') {
      if (segment !== part && segment !== decodePercent(part)) return undefined
      continue
    }
    const found = segment.pattern.exec(part)
    if (found === null) return undefined
    for (const [position, name] of segment.names.entries()) values.set(name, found[position + 1] ?? '')
  }
  return values
}

function toSegment(text: string): Segment {
  const pieces = text.split(/\{([^{}]*)\}/)
  if (pieces.length === 1) return text
  const names = pieces.filter((_piece, index) => index % 2 === 1)
  const pattern = pieces
    .map((piece, index) => (index % 2 === 1 ? '(.+)' : piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')))
    .join('')
  return { pattern: new RegExp(`^${pattern}$`), names }
}

/** Sorts fixed segments before mixed ones before parameters, from left to right. */
function rank({ segments }: Entry<unknown>): string {
  return segments
    .map((segment) => (typeof segment === 'string' ? 0 : segment.pattern.source === '^(.+)$' ? 2 : 1))
    .join('')
}
