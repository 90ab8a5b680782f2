import { matchesPattern } from './matches-pattern.ts'
import type { PatternPiece } from './query/search-query.ts'

/** Whether the name of a field is among some, in which `*` stands for anything. */
export function fieldMatcher(names: readonly string[]): (field: string) => boolean {
  const patterns = names.map((name) =>
    name
      .split('*')
      .flatMap((text, index): PatternPiece[] => (index === 0 ? [{ text }] : [{ wild: '*' }, { text }])),
  )
  return (field) => patterns.some((pieces) => matchesPattern(pieces, field))
}
