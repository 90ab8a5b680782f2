import { queryReader, type QueryReader, type Term } from './query-reader.ts'
import { parseRange } from './parse-range.ts'
import type { Clause, SearchQuery } from './search-query.ts'

/** What stands between clauses that no operator joins. */
export type DefaultOperator = 'AND' | 'OR'

const MAX_LENGTH = 16_384
const MAX_DEPTH = 50
/** As many as Solr allows (`maxBooleanClauses`). */
const MAX_CLAUSES = 1024
const NUMBER = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy
const OPERATORS = ['AND', 'OR', 'NOT']
/** However they are nested, their product is a number still. */
const MAX_BOOST = 1_000_000
const MAX_SLOP = 10_000

/**
 * Reads a query of Solr's standard query parser: fields, terms, phrases with slop, ranges, `AND` `OR` `NOT` `+` `-` `&&`
 * `||` `!`, groups, wildcards, fuzzy terms, boosts and escapes. Operators have the meaning that Lucene gives them: in
 * `a OR b AND c` both b and c must match, and a need not.
 *
 * @param defaultField the field of words without one; all metadata without it
 * @throws DomainError `QUERY_INVALID` with `query` and `at`
 * @example parseQuery('dc.title:"deep sea"~2 -fgs_state_s:Deleted')
 */
export function parseQuery(
  query: string,
  defaultOperator: DefaultOperator = 'OR',
  defaultField?: string,
): SearchQuery {
  const reader = queryReader(query)
  if (query.length > MAX_LENGTH) reader.fail(`it is longer than ${MAX_LENGTH} characters`, MAX_LENGTH)
  // PostgreSQL's texts do not hold it.
  if (query.includes('\0')) reader.fail('this character is not allowed', query.indexOf('\0'))
  const parser = { reader, defaultOperator, clauses: 0, depth: 0 }
  reader.skipBlanks()
  if (reader.atEnd) return { kind: 'boolean', clauses: [] }
  const parsed = parseClauses(parser, defaultField === undefined ? null : knownField(defaultField))
  if (!reader.atEnd) reader.fail('nothing opens this')
  return parsed
}

interface Parser {
  readonly reader: QueryReader
  readonly defaultOperator: DefaultOperator
  clauses: number
  depth: number
}

function parseClauses(parser: Parser, field: string | null): SearchQuery {
  const { reader } = parser
  const clauses: Clause[] = []
  for (;;) {
    reader.skipBlanks()
    if (reader.atEnd || reader.sees(')')) break
    const conjunction = takeConjunction(parser, clauses.length === 0)
    const modifier = takeModifier(reader)
    const query = parseClause(parser, field)
    parser.clauses += 1
    if (parser.clauses > MAX_CLAUSES) reader.fail(`it has more than ${MAX_CLAUSES} parts`)
    joinPrevious(clauses, conjunction, parser.defaultOperator)
    clauses.push({ occur: occurOf(modifier, conjunction, parser.defaultOperator), query })
  }
  const [first] = clauses
  if (first === undefined) return reader.fail('a group must not be empty')
  return clauses.length === 1 && first.occur === 'should' ? first.query : { kind: 'boolean', clauses }
}

type Conjunction = 'AND' | 'OR' | undefined
type Modifier = 'must' | 'not' | undefined

function takeConjunction({ reader }: Parser, isFirst: boolean): Conjunction {
  const start = reader.at
  const takes = (word: string, sign: string) => reader.takeWord(word) || reader.take(sign)
  const found = takes('AND', '&&') ? 'AND' : takes('OR', '||') ? 'OR' : undefined
  if (found !== undefined && isFirst) reader.fail(`nothing stands before this ${found}`, start)
  reader.skipBlanks()
  return found
}

function takeModifier(reader: QueryReader): Modifier {
  const found = reader.take('+')
    ? 'must'
    : reader.take('-') || reader.take('!') || reader.takeWord('NOT')
      ? 'not'
      : undefined
  reader.skipBlanks()
  return found
}

/** `AND` reaches back to the clause before it, and so does `OR` where clauses are joined by `AND`. */
function joinPrevious(clauses: Clause[], conjunction: Conjunction, operator: DefaultOperator): void {
  const previous = clauses.pop()
  if (previous === undefined) return
  const isFree = previous.occur !== 'not'
  if (isFree && conjunction === 'AND') clauses.push({ ...previous, occur: 'must' })
  else if (isFree && conjunction === 'OR' && operator === 'AND') {
    clauses.push({ ...previous, occur: 'should' })
  } else clauses.push(previous)
}

function occurOf(modifier: Modifier, conjunction: Conjunction, operator: DefaultOperator): Clause['occur'] {
  return modifier ?? ((conjunction ?? operator) === 'AND' ? 'must' : 'should')
}

function parseClause(parser: Parser, outerField: string | null): SearchQuery {
  const { reader } = parser
  if (reader.sees('/')) return reader.fail('regular expressions are not supported; escape the slash')
  const start = reader.at
  if (OPERATORS.some((word) => reader.takeWord(word)))
    reader.fail('this operator is not expected here', start)
  const term = reader.term()
  if (term === undefined) return boosted(reader, parseWithoutTerm(parser, outerField, start))
  if (!reader.take(':')) return boosted(reader, termQuery(reader, term, outerField))
  if (isAsterisk(term)) {
    if (!reader.take('*')) return reader.fail('only * may follow *:')
    return boosted(reader, { kind: 'everything' })
  }
  const field = fieldName(reader, term)
  const valueAt = reader.at
  const value = reader.term()
  return boosted(
    reader,
    value === undefined ? parseWithoutTerm(parser, field, valueAt) : termQuery(reader, value, field),
  )
}

/** A group, a phrase or a range. */
function parseWithoutTerm(parser: Parser, field: string | null, start: number): SearchQuery {
  const { reader } = parser
  if (reader.take('(')) {
    parser.depth += 1
    if (parser.depth > MAX_DEPTH) reader.fail(`groups are nested deeper than ${MAX_DEPTH}`, start)
    const group = parseClauses(parser, field)
    parser.depth -= 1
    if (!reader.take(')')) reader.fail('this group is never closed', start)
    return group
  }
  if (reader.sees('"')) {
    const text = reader.quoted()
    const slop = reader.take('~') ? Math.min(MAX_SLOP, Math.trunc(Number(reader.match(NUMBER) ?? 0))) : 0
    return { kind: 'words', field, text, slop, at: start }
  }
  if (reader.sees('[') || reader.sees('{')) return parseRange(reader, field)
  return reader.fail(reader.atEnd ? 'something is missing' : 'this is not expected here')
}

function fieldName(reader: QueryReader, { pieces, at }: Term): string | null {
  const [piece] = pieces
  if (pieces.length === 1 && piece !== undefined && 'text' in piece) return knownField(piece.text)
  return reader.fail('names of fields have no wildcards', at)
}

/** Null for the field into which Islandora's index gathers all others. */
function knownField(name: string): string | null {
  return name === 'catch_all_fields_mt' ? null : name
}

function isAsterisk({ pieces }: Term): boolean {
  const [piece] = pieces
  return pieces.length === 1 && piece !== undefined && 'wild' in piece && piece.wild === '*'
}

function termQuery(reader: QueryReader, { pieces, at }: Term, field: string | null): SearchQuery {
  const [piece] = pieces
  if (pieces.length > 1 || piece === undefined || 'wild' in piece)
    return { kind: 'pattern', field, pieces, at }
  if (!reader.take('~')) return { kind: 'words', field, text: piece.text, slop: 0, at }
  return { kind: 'fuzzy', field, text: piece.text, distance: distanceOf(reader.match(NUMBER)), at }
}

/** Two letters without a number; a similarity below 1, as older versions had it, counts as two as well. */
function distanceOf(number: string | undefined): 0 | 1 | 2 {
  const distance = Number(number ?? 2)
  if (distance === 0) return 0
  return distance === 1 ? 1 : 2
}

function boosted(reader: QueryReader, query: SearchQuery): SearchQuery {
  if (!reader.take('^')) return query
  const at = reader.at
  const boost = Number(reader.match(NUMBER) ?? Number.NaN)
  if (Number.isNaN(boost)) return reader.fail('a boost is a number', at)
  if (boost !== 0 && (boost < 1 / MAX_BOOST || boost > MAX_BOOST)) {
    return reader.fail(`a boost is 0, or from ${1 / MAX_BOOST} to ${MAX_BOOST}`, at)
  }
  return { kind: 'boosted', boost, query }
}
