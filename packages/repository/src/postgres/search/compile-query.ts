import { sql, type RawBuilder } from 'kysely'
import { fuzzyDistance } from '../../domain/search/query/fuzzy-distance.ts'
import { requireMoment } from '../../domain/search/query/require-moment.ts'
import type { PatternPiece, RangeBound, SearchQuery } from '../../domain/search/query/search-query.ts'
import { fieldType } from '../../domain/search/search-fields.ts'
import { compileDatastreams, DATASTREAMS } from './compile-datastreams.ts'
import { fuzzyExpression } from './fuzzy-expression.ts'
import { patternExpression } from './pattern-expression.ts'

/** A query as SQL on a row of `search_entry e`. */
export interface CompiledQuery {
  readonly matches: RawBuilder<boolean>
  /** How well it fits: `float8`, never null. */
  readonly score: RawBuilder<number>
}

/** The words of a field, or of all metadata. */
function wordsOf(field: string | null): RawBuilder<unknown> {
  return field === null ? sql`e.words` : sql`e.terms`
}

/** Where nothing is weighed, whatever matches has this score, as in Lucene. */
const CONSTANT = sql<number>`1::float8`

/**
 * Turns a query into SQL; everything that the caller wrote becomes a parameter. Fields that no record has match nothing.
 *
 * @param now what `NOW` is in dates
 * @throws DomainError `QUERY_INVALID` for what is no date in a field of dates
 */
export function compileQuery(query: SearchQuery, now: Date): CompiledQuery {
  if ('field' in query && query.field === DATASTREAMS) return constant(compileDatastreams(query))
  switch (query.kind) {
    case 'everything':
      return { matches: sql<boolean>`true`, score: CONSTANT }
    case 'words':
      return compileWords(query, now)
    case 'pattern':
      return compilePattern(query.field, query.pieces)
    case 'fuzzy':
      return compileFuzzy(query, now)
    case 'range':
      return constant(compileRange(query, now))
    case 'boosted': {
      const { matches, score } = compileQuery(query.query, now)
      return { matches, score: sql<number>`(${score} * ${query.boost}::float8)` }
    }
    case 'boolean':
      return compileBoolean(query, now)
  }
}

function constant(matches: RawBuilder<boolean>): CompiledQuery {
  return { matches, score: sql<number>`(case when ${matches} then 1::float8 else 0::float8 end)` }
}

function compileWords(
  { field, text, slop, at }: Extract<SearchQuery, { kind: 'words' }>,
  now: Date,
): CompiledQuery {
  const isDate = field !== null && fieldType(field) === 'date'
  const wanted = isDate ? requireMoment(text, at, now) : text
  const column = field === null ? undefined : WHOLE.get(field)
  if (column !== undefined) return constant(sql<boolean>`${column} = ${wanted}::text`)
  if (slop === 0) {
    const phrase = sql`search_phrase(${field}::text, ${wanted}::text)`
    return { matches: sql<boolean>`${wordsOf(field)} @@ ${phrase}`, score: rank(field, phrase) }
  }
  const all = sql`search_all(${field}::text, ${wanted}::text)`
  const near = sql`search_near(${wordsOf(field)}, ${field}::text, ${wanted}::text, ${slop}::int)`
  return { matches: sql<boolean>`(${wordsOf(field)} @@ ${all} and ${near})`, score: rank(field, all) }
}

/** By how often the words are there, less in long texts. */
function rank(field: string | null, words: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`ts_rank(${wordsOf(field)}, ${words}, 1)::float8`
}

function compileFuzzy(query: Extract<SearchQuery, { kind: 'fuzzy' }>, now: Date): CompiledQuery {
  const { field, text } = query
  const distance = fuzzyDistance(query)
  if (distance === 0) return compileWords({ ...query, kind: 'words', slop: 0 }, now)
  return constant(hasWordLike(field, '', fuzzyExpression(text, distance)))
}

function compilePattern(field: string | null, pieces: readonly PatternPiece[]): CompiledQuery {
  const [first, second] = pieces
  const isWild = (piece: PatternPiece | undefined) =>
    piece !== undefined && 'wild' in piece && piece.wild === '*'
  if (pieces.length === 1 && isWild(first)) {
    // Anything at all in the field.
    return constant(field === null ? sql<boolean>`true` : hasField(field))
  }
  const beginning = first !== undefined && 'text' in first ? first.text : ''
  if (pieces.length === 2 && beginning !== '' && isWild(second)) return constant(hasPrefix(field, beginning))
  return constant(hasWordLike(field, beginning, patternExpression(pieces)))
}

function hasField(field: string): RawBuilder<boolean> {
  return sql<boolean>`e.terms @@ search_lexeme(${field}::text, '')::tsquery`
}

function hasPrefix(field: string | null, beginning: string): RawBuilder<boolean> {
  return sql<boolean>`${wordsOf(field)} @@ search_prefix(${field}::text, ${beginning}::text)`
}

/** Whether some word of the field matches an expression. */
function hasWordLike(field: string | null, beginning: string, expression: string): RawBuilder<boolean> {
  if (field !== null && fieldType(field) !== 'text') {
    const matches = sql<boolean>`search_matches(e.fields, ${field}::text, ${expression}::text)`
    return sql<boolean>`(${beginning === '' ? hasField(field) : hasPrefix(field, beginning)} and ${matches})`
  }
  // As a query of its own it is run once, not for each row.
  return sql<boolean>`${wordsOf(field)} @@ (
    select search_like(${field}::text, ${beginning}::text, ${expression}::text)
  )`
}

function compileRange(
  { field, from, to }: Extract<SearchQuery, { kind: 'range' }>,
  now: Date,
): RawBuilder<boolean> {
  // The text of all fields has no order.
  if (field === null) return sql<boolean>`false`
  const isDate = fieldType(field) === 'date'
  const compared = (operator: string, bound: RangeBound | null) => {
    if (bound === null) return sql<boolean>`true`
    const value = isDate ? requireMoment(bound.value, bound.at, now) : bound.value
    const sign = sql.raw(bound.inclusive ? `${operator}=` : operator)
    return sql<boolean>`v.value collate "C" ${sign} ${value}::text`
  }
  const column = MOMENTS.get(field)
  if (column !== undefined) return momentRange(column, { from, to }, now)
  return sql<boolean>`(${hasField(field)} and exists (
    select from jsonb_array_elements_text(e.fields -> ${field}::text) v (value)
    where ${compared('>', from)} and ${compared('<', to)}
  ))`
}

/** Fields that are columns too: looking at these costs less than at all that a record says. */
const WHOLE: ReadonlyMap<string, RawBuilder<unknown>> = new Map([
  ['PID', sql`e.pid`],
  ['fgs_state_s', sql`e.state`],
])

const MOMENTS: ReadonlyMap<string, RawBuilder<unknown>> = new Map([
  ['fgs_createdDate_dt', sql`e.created_at`],
  ['fgs_lastModifiedDate_dt', sql`e.modified_at`],
])

function momentRange(
  column: RawBuilder<unknown>,
  { from, to }: { from: RangeBound | null; to: RangeBound | null },
  now: Date,
): RawBuilder<boolean> {
  const parts = [sql<boolean>`true`]
  for (const [operator, bound] of [
    ['>', from],
    ['<', to],
  ] as const) {
    if (bound === null) continue
    const sign = sql.raw(bound.inclusive ? `${operator}=` : operator)
    parts.push(sql<boolean>`${column} ${sign} ${requireMoment(bound.value, bound.at, now)}::timestamptz`)
  }
  return sql<boolean>`(${sql.join(parts, sql` and `)})`
}

function compileBoolean({ clauses }: Extract<SearchQuery, { kind: 'boolean' }>, now: Date): CompiledQuery {
  const compiled = clauses.map(({ occur, query }) => ({ occur, ...compileQuery(query, now) }))
  const of = (occur: 'must' | 'should' | 'not') => compiled.filter((clause) => clause.occur === occur)
  const [musts, shoulds, nots] = [of('must'), of('should'), of('not')]
  // A group that only forbids finds nothing; `addEverything` helps a whole query that does.
  if (musts.length + shoulds.length === 0)
    return { matches: sql<boolean>`false`, score: sql<number>`0::float8` }
  const either =
    musts.length > 0
      ? []
      : [
          sql`(${sql.join(
            shoulds.map(({ matches }) => matches),
            sql` or `,
          )})`,
        ]
  const matches = [
    ...musts.map((clause) => clause.matches),
    ...either,
    ...nots.map((clause) => sql`not ${clause.matches}`),
  ]
  const scores = [
    ...musts.map((clause) => clause.score),
    ...shoulds.map(
      ({ matches, score }) => sql<number>`(case when ${matches} then ${score} else 0::float8 end)`,
    ),
  ]
  return {
    matches: sql<boolean>`(${sql.join(matches, sql` and `)})`,
    score: sql<number>`(${sql.join(scores, sql` + `)})`,
  }
}
