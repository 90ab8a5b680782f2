import { queryError } from './query-error.ts'
import type { PatternPiece } from './search-query.ts'

/** Reads a query from left to right. */
export interface QueryReader {
  /** Where it stands, counted from 0. */
  readonly at: number
  readonly atEnd: boolean
  /** Whether this comes next. */
  sees(text: string): boolean
  /** Steps over this if it comes next. */
  take(text: string): boolean
  /** Steps over the operator if it comes next as a word of its own. */
  takeWord(word: string): boolean
  skipBlanks(): void
  /** Reads what the expression, which must be sticky, matches here. */
  match(expression: RegExp): string | undefined
  /** A term with its wildcards; undefined where none begins. */
  term(): Term | undefined
  /** The text between quotation marks, of which the first comes next. */
  quoted(): string
  /** @throws DomainError `QUERY_INVALID` */
  fail(what: string, at?: number): never
}

/** A term as it was written, with what was escaped as plain text. */
export interface Term {
  readonly at: number
  readonly pieces: readonly PatternPiece[]
}

const BLANK = /[\s\u3000]/
// `+`, `-`, `!` and `/` are plain within a term, as in the addresses of `info:fedora/…`.
const ENDS_TERM = new Set('():^[]"{}~')
const BEGINS_NO_TERM = new Set('+-!/')

/** Reads a query of the standard query parser of Solr, character by character. */
export function queryReader(query: string): QueryReader {
  let at = 0
  const fail = (what: string, where = at): never => {
    throw queryError(what, query, where)
  }
  const isPlain = (index: number): boolean => {
    const letter = query[index]
    return letter !== undefined && !BLANK.test(letter) && !ENDS_TERM.has(letter)
  }
  const escaped = (): string => {
    const letter = String.fromCodePoint(query.codePointAt(at + 1) ?? fail('nothing follows the backslash'))
    at += 1 + letter.length
    return letter
  }
  const reader: QueryReader = {
    get at() {
      return at
    },
    get atEnd() {
      return at >= query.length
    },
    sees: (text) => query.startsWith(text, at),
    take(text) {
      const found = query.startsWith(text, at)
      if (found) at += text.length
      return found
    },
    takeWord(word) {
      const after = at + word.length
      // `AND:x` names a field.
      if (!query.startsWith(word, at) || isPlain(after) || query[after] === ':') return false
      at = after
      return true
    },
    skipBlanks() {
      while (at < query.length && BLANK.test(query[at] ?? '')) at += 1
    },
    match(expression) {
      expression.lastIndex = at
      const found = expression.exec(query)?.[0]
      if (found !== undefined) at += found.length
      return found
    },
    term() {
      if (!isPlain(at) || BEGINS_NO_TERM.has(query[at] ?? '')) return undefined
      const start = at
      const pieces: PatternPiece[] = []
      let text = ''
      const endText = (): void => {
        if (text !== '') pieces.push({ text })
        text = ''
      }
      while (isPlain(at)) {
        const letter = query[at]
        if (letter === '\\') text += escaped()
        else {
          if (letter === '*' || letter === '?') {
            endText()
            pieces.push({ wild: letter })
          } else text += letter
          at += 1
        }
      }
      endText()
      return { at: start, pieces }
    },
    quoted() {
      const start = at
      at += 1
      let text = ''
      while (!reader.take('"')) {
        if (reader.atEnd) return fail('this quotation mark is never closed', start)
        if (query[at] === '\\') text += escaped()
        else {
          text += query[at]
          at += 1
        }
      }
      return text
    },
    fail,
  }
  return reader
}
