import type { PatternPiece } from '../../domain/search/query/search-query.ts'

/** A pattern as a regular expression of PostgreSQL, for the whole of a text. */
export function patternExpression(pieces: readonly PatternPiece[]): string {
  return pieces
    .map((piece) => ('text' in piece ? quoted(piece.text) : piece.wild === '*' ? '.*' : '.'))
    .join('')
}

function quoted(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`)
}
