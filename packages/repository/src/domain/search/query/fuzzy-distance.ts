import type { SearchQuery } from './search-query.ts'

/** What is like a word is looked for among all words: a long one may differ by one letter, a very long one by none. */
const LONG = 12
const VERY_LONG = 60

/** By how many letters a word may differ. */
export function fuzzyDistance({ text, distance }: Extract<SearchQuery, { kind: 'fuzzy' }>): 0 | 1 | 2 {
  if (distance === 0 || text.length > VERY_LONG) return 0
  return text.length > LONG ? 1 : distance
}
