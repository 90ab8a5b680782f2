/** A parsed query. `field` is null for the text of all fields; `at` is where a part begins, counted from 0. */
export type SearchQuery =
  | { readonly kind: 'everything' }
  /** Words that follow each other; `slop` is how many others may stand between them. */
  | {
      readonly kind: 'words'
      readonly field: string | null
      readonly text: string
      readonly slop: number
      readonly at: number
    }
  | {
      readonly kind: 'pattern'
      readonly field: string | null
      readonly pieces: readonly PatternPiece[]
      readonly at: number
    }
  /** A word that differs by so many letters at most. */
  | {
      readonly kind: 'fuzzy'
      readonly field: string | null
      readonly text: string
      readonly distance: 0 | 1 | 2
      readonly at: number
    }
  /** A bound of null is open. */
  | {
      readonly kind: 'range'
      readonly field: string | null
      readonly from: RangeBound | null
      readonly to: RangeBound | null
      readonly at: number
    }
  | { readonly kind: 'boosted'; readonly boost: number; readonly query: SearchQuery }
  | { readonly kind: 'boolean'; readonly clauses: readonly Clause[] }

/** A part of a pattern: text as it is, one letter (`?`), or any number of them (`*`). */
export type PatternPiece = { readonly text: string } | { readonly wild: '?' | '*' }

export interface RangeBound {
  readonly value: string
  readonly inclusive: boolean
  readonly at: number
}

/**
 * A part of a boolean query. All that `must` match do, none that must `not`; of those that `should`, one at least where
 * nothing must, otherwise they count for the score alone.
 */
export interface Clause {
  readonly occur: 'must' | 'should' | 'not'
  readonly query: SearchQuery
}
