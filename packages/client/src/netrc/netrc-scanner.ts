import { ClientError } from '../errors.ts'

/** A word of a `.netrc`. */
export interface NetrcToken {
  /** Without quotes and backslashes. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** In quotes nothing is a keyword or a comment. */
  readonly isQuoted: boolean
}

/** Goes through a `.netrc` word by word. */
export interface NetrcScanner {
  /** Where the last word ended, or where one has gone on to. */
  readonly place: () => number
  readonly next: () => NetrcToken | undefined
  /** Goes back, or on, to a place. */
  readonly goTo: (place: number) => void
  /** Goes on behind the line of a place. */
  readonly skipLine: (from: number) => void
  /** Goes on behind the next empty line; false where there is none. */
  readonly skipParagraph: () => boolean
  /** @throws {ClientError} `netrc_invalid` with the line of a place; nothing of the text is repeated, it holds passwords */
  readonly fault: (at: number, what: string) => never
}

/** Scans a text from its beginning. */
export function scanNetrc(text: string): NetrcScanner {
  let place = 0

  const fault = (at: number, what: string): never => {
    const line = text.slice(0, at).split('\n').length
    throw new ClientError('netrc_invalid', `The netrc file is wrong in line ${line}: ${what}`)
  }
  const skipLine = (from: number): void => {
    const end = text.indexOf('\n', from)
    place = end === -1 ? text.length : end + 1
  }

  return {
    place: () => place,
    next() {
      const token = readToken(text, place, fault)
      if (token !== undefined) place = token.end
      return token
    },
    goTo(other) {
      place = other
    },
    skipLine,
    skipParagraph() {
      skipLine(place)
      const empty = /^\r?\n/m.exec(text.slice(place))
      place = empty === null ? text.length : place + empty.index + empty[0].length
      return empty !== null
    },
    fault,
  }
}

function readToken(text: string, from: number, fault: NetrcScanner['fault']): NetrcToken | undefined {
  let place = from
  while (/\s/.test(text.charAt(place))) place += 1
  if (place >= text.length) return undefined
  const start = place
  const isQuoted = text.charAt(place) === '"'
  if (isQuoted) place += 1
  let read = ''
  for (; place < text.length; place += 1) {
    const character = text.charAt(place)
    if (isQuoted ? character === '"' : /\s/.test(character)) break
    if (character === '\\') place += 1
    read += text.charAt(place)
  }
  if (isQuoted && place >= text.length) fault(start, 'a quotation mark is not closed')
  return { text: read, start, end: isQuoted ? place + 1 : place, isQuoted }
}
