import { usageError } from '../../command-error.ts'

// Fedora 3's namespaces, and that of Islandora, by the names that they have in RELS-EXT.
const NAMESPACES = {
  fedora: 'info:fedora/fedora-system:def/relations-external#',
  'fedora-model': 'info:fedora/fedora-system:def/model#',
  islandora: 'http://islandora.ca/ontology/relsext#',
} as const

/** A predicate as the API has it. */
export interface Predicate {
  /** Its namespace. */
  readonly uri: string
  readonly predicate: string
}

/**
 * Reads a predicate as people write it.
 *
 * @param text a name with a prefix, such as `fedora-model:hasModel`, or a whole URI
 * @throws CommandError `USAGE`
 */
export function readPredicate(text: string): Predicate {
  const [, prefix = '', name = ''] = /^([\w-]+):([\w.-]+)$/.exec(text) ?? []
  const known = Object.entries(NAMESPACES).find(([alias]) => alias === prefix)?.[1]
  if (known !== undefined) return { uri: known, predicate: name }
  const [, uri, predicate] = /^(\w+:\S*[#/])([^#/\s]+)$/.exec(text) ?? []
  if (uri !== undefined && predicate !== undefined) return { uri, predicate }
  const prefixes = Object.keys(NAMESPACES).join(', ')
  throw usageError(`${text} is neither a URI nor a name with one of the prefixes ${prefixes}`)
}

/** The reverse of {@link readPredicate}. */
export function formatPredicate({ uri, predicate }: Predicate): string {
  const alias = Object.entries(NAMESPACES).find(([, namespace]) => namespace === uri)?.[0]
  return alias === undefined ? `${uri}${predicate}` : `${alias}:${predicate}`
}
