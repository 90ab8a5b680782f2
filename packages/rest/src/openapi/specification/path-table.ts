import { decodePercent } from './parameter-style.ts'

/** What was found for a path, with the parts that its template names, as sent. */
export interface PathMatch<Value> {
  readonly value: Value
  readonly pathValues: ReadonlyMap<string, string>
}

/** What may stand in a path after what came before. */
interface Branch<Value> {
  value: Value | undefined
  readonly fixed: Map<string, Branch<Value>>
  /** Segments with parameters, those with more fixed text first. */
  readonly open: OpenSegment<Value>[]
}

interface OpenSegment<Value> {
  readonly text: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly branch: Branch<Value>
}

type PathValue = readonly [name: string, raw: string]

/**
 * Finds paths by their templates, such as `/fruits/{name}`; fixed text goes before parameters (OpenAPI 3.1 section
 * 4.8.8.2).
 *
 * @param prefixes paths below which the templates lie, one for each server
 */
export function pathTable<Value>(
  templates: ReadonlyMap<string, Value>,
  prefixes: readonly string[],
): (path: string) => PathMatch<Value> | undefined {
  const root = emptyBranch<Value>()
  for (const [template, value] of templates) {
    template.split('/').reduce(branchFor, root).value = value
  }
  return (path) => {
    for (const prefix of prefixes) {
      if (!path.startsWith(`${prefix}/`)) continue
      const found = find(root, path.slice(prefix.length).split('/'), [])
      if (found !== undefined) return found
    }
    return undefined
  }
}

function find<Value>(
  branch: Branch<Value>,
  [part, ...rest]: readonly string[],
  values: readonly PathValue[],
): PathMatch<Value> | undefined {
  if (part === undefined) {
    return branch.value === undefined ? undefined : { value: branch.value, pathValues: new Map(values) }
  }
  const fixed = branch.fixed.get(decodePercent(part))
  const found = fixed && find(fixed, rest, values)
  if (found !== undefined) return found
  for (const { pattern, names, branch: next } of branch.open) {
    const match = pattern.exec(part)
    if (match === null) continue
    const taken = names.map((name, index): PathValue => [name, match[index + 1] ?? ''])
    const below = find(next, rest, [...values, ...taken])
    if (below !== undefined) return below
  }
  return undefined
}

function branchFor<Value>(parent: Branch<Value>, text: string): Branch<Value> {
  const known = parent.fixed.get(text) ?? parent.open.find((segment) => segment.text === text)?.branch
  if (known !== undefined) return known
  const branch = emptyBranch<Value>()
  const pieces = text.split(/\{([^{}]*)\}/)
  if (pieces.length === 1) {
    parent.fixed.set(text, branch)
    return branch
  }
  const names = pieces.filter((_piece, index) => index % 2 === 1)
  const pattern = pieces.map((piece, index) => (index % 2 === 1 ? '(.+)' : escaped(piece))).join('')
  parent.open.push({ text, pattern: new RegExp(`^${pattern}$`), names, branch })
  parent.open.sort((one, other) => fixedLength(other) - fixedLength(one))
  return branch
}

function emptyBranch<Value>(): Branch<Value> {
  return { value: undefined, fixed: new Map(), open: [] }
}

function fixedLength({ text }: OpenSegment<unknown>): number {
  return text.replaceAll(/\{[^{}]*\}/g, '').length
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
