import type { Clause, PatternPiece, RangeBound, SearchQuery } from './search-query.ts'

/** Writes a query so that parsing it gives the same again; for passing it on to a Solr. */
export function printQuery(query: SearchQuery): string {
  switch (query.kind) {
    case 'everything':
      return '*:*'
    case 'words':
      return `${prefix(query.field)}${quoted(query.text)}${query.slop === 0 ? '' : `~${query.slop}`}`
    case 'pattern':
      return `${prefix(query.field)}${query.pieces.map(printPiece).join('')}`
    case 'fuzzy':
      return `${prefix(query.field)}${escaped(query.text)}~${query.distance}`
    case 'range':
      return `${prefix(query.field)}${printRange(query.from, query.to)}`
    case 'boosted':
      return `${printOperand(query.query)}^${query.boost}`
    case 'boolean':
      return query.clauses.map(printClause).join(' ')
  }
}

const SIGNS: Readonly<Record<Clause['occur'], string>> = { must: '+', should: '', not: '-' }

function printClause({ occur, query }: Clause): string {
  return `${SIGNS[occur]}${printOperand(query)}`
}

function printOperand(query: SearchQuery): string {
  const isGroup = query.kind === 'boolean' || query.kind === 'boosted'
  return isGroup ? `(${printQuery(query)})` : printQuery(query)
}

function prefix(field: string | null): string {
  return field === null ? '' : `${escaped(field)}:`
}

function printPiece(piece: PatternPiece): string {
  return 'wild' in piece ? piece.wild : escaped(piece.text)
}

function printRange(from: RangeBound | null, to: RangeBound | null): string {
  const open = from?.inclusive === false ? '{' : '['
  const close = to?.inclusive === false ? '}' : ']'
  return `${open}${printBound(from)} TO ${printBound(to)}${close}`
}

function printBound(bound: RangeBound | null): string {
  return bound === null ? '*' : quoted(bound.value)
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** What is neither letter nor digit is escaped, and the first letter of a word that would be an operator. */
function escaped(text: string): string {
  return text.replaceAll(/^(?=(?:AND|OR|NOT)$)|[^\p{L}\p{N}_.]/gu, String.raw`\$&`)
}
