import type { PatternPiece } from './query/search-query.ts'

/** A letter, or what stands for letters. */
type Wanted = string | Extract<PatternPiece, { wild: unknown }>

/** Whether a text matches a pattern as a whole. Takes no more steps than the product of their lengths. */
export function matchesPattern(pieces: readonly PatternPiece[], text: string): boolean {
  const wanted = pieces.flatMap((piece): readonly Wanted[] =>
    'wild' in piece ? [piece] : Array.from(piece.text),
  )
  const letters = Array.from(text)
  let [place, index] = [0, 0]
  // The last asterisk, and the letter up to which it reaches.
  let back: { place: number; index: number } | undefined
  while (index < letters.length) {
    const next = wanted[place]
    if (typeof next === 'object' && next.wild === '*') {
      back = { place, index }
      place += 1
    } else if (next !== undefined && (typeof next === 'object' || next === letters[index])) {
      place += 1
      index += 1
    } else {
      if (back === undefined) return false
      back.index += 1
      place = back.place + 1
      index = back.index
    }
  }
  return wanted.slice(place).every((rest) => typeof rest === 'object' && rest.wild === '*')
}
