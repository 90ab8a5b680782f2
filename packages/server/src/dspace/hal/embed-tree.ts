/** Which links are to be embedded, level by level. */
export interface EmbedTree {
  readonly children: ReadonlyMap<string, EmbedNode>
  /** Embed every link that can be, this many levels deep (`projection=full`). */
  readonly everything: number
}

export interface EmbedNode extends EmbedTree {
  /** How many elements of an embedded list. */
  readonly size: number
}

/** RestContract projections.md: the full projection embeds two levels at most. */
const FULL_LEVELS = 2
const DEFAULT_SIZE = 20
/** Deeper paths than any client asks for would only serve to keep the server busy. */
const MAX_DEPTH = 8

export const NO_EMBEDS: EmbedTree = { children: new Map(), everything: 0 }

/**
 * Reads `embed` (repeated, comma lists, nested with `/`), `embed.size` (`LINK=SIZE`, the link by its path or its last
 * step) and `projection` (RestContract projections.md). Links that a resource does not have are ignored later on.
 *
 * @param maxSize the largest page that the caller may have
 */
export function parseEmbeds(query: URLSearchParams, maxSize: number): EmbedTree {
  const everything = query.getAll('projection').includes('full') ? FULL_LEVELS : 0
  const paths = query
    .getAll('embed')
    .flatMap((value) => value.split(','))
    .map((path) =>
      path
        .split('/')
        .filter((step) => step !== '')
        .slice(0, MAX_DEPTH),
    )
    .filter((steps) => steps.length > 0)
  if (paths.length === 0 && everything === 0) return NO_EMBEDS
  return treeOf(paths, [], sizesOf(query.getAll('embed.size'), maxSize), everything)
}

type Sizes = ReadonlyMap<string, number>

function treeOf(
  paths: readonly string[][],
  above: readonly string[],
  sizes: Sizes,
  everything: number,
): EmbedTree {
  const byName = new Map<string, string[][]>()
  for (const [name, ...rest] of paths) {
    if (name === undefined) continue
    const deeper = byName.get(name) ?? []
    if (rest.length > 0) deeper.push(rest)
    byName.set(name, deeper)
  }
  const children = new Map<string, EmbedNode>()
  for (const [name, deeper] of byName) {
    const here = [...above, name]
    const size = sizes.get(here.join('/')) ?? sizes.get(name) ?? DEFAULT_SIZE
    children.set(name, { ...treeOf(deeper, here, sizes, Math.max(0, everything - 1)), size })
  }
  return { children, everything }
}

/** What to do with a link: the node asked for, one of the full projection, or nothing. */
export function embedFor(tree: EmbedTree, name: string): EmbedNode | undefined {
  const named = tree.children.get(name)
  if (named !== undefined || tree.everything === 0) return named
  return { children: new Map(), everything: tree.everything - 1, size: DEFAULT_SIZE }
}

function sizesOf(values: readonly string[], maxSize: number): Sizes {
  const sizes = new Map<string, number>()
  for (const value of values.flatMap((list) => list.split(','))) {
    const at = value.lastIndexOf('=')
    const size = Number(value.slice(at + 1))
    if (at > 0 && Number.isInteger(size) && size > 0) sizes.set(value.slice(0, at), Math.min(size, maxSize))
  }
  return sizes
}
