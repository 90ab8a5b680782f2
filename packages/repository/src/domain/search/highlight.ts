import { fieldMatcher } from './field-matcher.ts'
import { matchesPattern } from './matches-pattern.ts'
import type { SearchQuery } from './query/search-query.ts'
import { fieldType } from './search-fields.ts'

/** Field to excerpts in which what was found is marked. */
export type Highlights = Readonly<Record<string, readonly string[]>>

/** Characters of an excerpt, about. */
const EXCERPT = 100
const WORD = /[\p{L}\p{N}\p{M}]+/gu

/**
 * Marks the words of a query in the values of fields: the first excerpt of each field that holds any. Fuzzy terms and
 * ranges mark nothing.
 */
export function highlight(
  query: SearchQuery,
  values: Readonly<Record<string, readonly string[]>>,
  options: { readonly fields: readonly string[]; readonly before?: string; readonly after?: string },
): Highlights {
  const isWanted = fieldMatcher(options.fields)
  const terms = [...termsOf(query)]
  const marks = { before: options.before ?? '<em>', after: options.after ?? '</em>' }
  const found: Record<string, readonly string[]> = {}
  for (const [field, texts] of Object.entries(values)) {
    if (!isWanted(field) || fieldType(field) !== 'text') continue
    const wanted = terms.filter((term) => term.field === null || term.field === field)
    const excerpt = texts.map((text) => excerptOf(text, wanted, marks)).find((marked) => marked !== undefined)
    if (excerpt !== undefined) found[field] = [excerpt]
  }
  return found
}

interface Term {
  readonly field: string | null
  readonly matches: (word: string) => boolean
}

function* termsOf(query: SearchQuery): Generator<Term, void> {
  switch (query.kind) {
    case 'words': {
      const words = new Set(query.text.toLowerCase().match(WORD))
      yield { field: query.field, matches: (word) => words.has(word) }
      return
    }
    case 'pattern': {
      const pieces = query.pieces.map((piece) =>
        'text' in piece ? { text: piece.text.toLowerCase() } : piece,
      )
      if (pieces.some((piece) => 'text' in piece)) {
        yield { field: query.field, matches: (word) => matchesPattern(pieces, word) }
      }
      return
    }
    case 'boosted':
      yield* termsOf(query.query)
      return
    case 'boolean':
      for (const clause of query.clauses) if (clause.occur !== 'not') yield* termsOf(clause.query)
      return
    case 'everything':
    case 'fuzzy':
    case 'range':
  }
}

function excerptOf(
  text: string,
  terms: readonly Term[],
  { before, after }: { before: string; after: string },
): string | undefined {
  const hits = [...text.matchAll(WORD)].filter(([word]) =>
    terms.some(({ matches }) => matches(word.toLowerCase())),
  )
  const [first] = hits
  if (first === undefined) return undefined
  // Excerpts begin and end between words.
  const start = first.index <= EXCERPT / 2 ? 0 : text.indexOf(' ', first.index - EXCERPT / 2) + 1
  const space = text.indexOf(' ', start + EXCERPT)
  const end = Math.max(space < 0 ? text.length : space, first.index + first[0].length)
  let marked = ''
  let done = Math.min(start, first.index)
  for (const { 0: word, index } of hits) {
    if (index + word.length > end) break
    marked += `${text.slice(done, index)}${before}${word}${after}`
    done = index + word.length
  }
  return marked + text.slice(done, end)
}
