import { ClientError } from '../errors.ts'

/** What a `.netrc` says of one machine. */
export interface NetrcEntry {
  /** As it is written, with its port where it has one; undefined for `default`. */
  readonly machine: string | undefined
  readonly login: string | undefined
  readonly password: string | undefined
  readonly account: string | undefined
  /** Where the entry begins and ends in the text, its macros not among it. */
  readonly start: number
  readonly end: number
}

/** A `.netrc`, read. */
export interface Netrc {
  /** In their order. */
  readonly entries: readonly NetrcEntry[]
  /** Whether the text ends within a macro, which an empty line would end. */
  readonly endsInMacro: boolean
}

interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
  /** In quotes nothing is a keyword or a comment. */
  readonly isQuoted: boolean
}

const FIELDS = new Map([
  ['login', 'login'],
  ['user', 'login'],
  ['password', 'password'],
  ['account', 'account'],
] as const)

/**
 * Reads a `.netrc` as Python's `netrc` does, which `requests` and with it the Pele clients use: `machine` and `default`
 * with `login` (or `user`), `password` and `account`; values in double quotes, a backslash before what is meant literally;
 * `#` begins a comment where a keyword may stand; `macdef` goes on to an empty line.
 *
 * @throws {ClientError} `netrc_invalid` with the line; nothing of the text is repeated, it holds passwords
 */
export function parseNetrc(text: string): Netrc {
  const entries: NetrcEntry[] = []
  let place = 0
  let endsInMacro = false

  const next = (): Token | undefined => {
    const token = readToken(text, place)
    if (token !== undefined) place = token.end
    return token
  }
  const value = (keyword: Token): Token =>
    next() ?? fault(text, keyword.start, `${keyword.text} has no value`)
  const skipLine = (from: number): void => {
    const end = text.indexOf('\n', from)
    place = end === -1 ? text.length : end + 1
  }
  const skipMacro = (): void => {
    skipLine(place)
    const blank = /^\r?\n/m
    const found = blank.exec(text.slice(place))
    endsInMacro = found === null
    place = found === null ? text.length : place + found.index + found[0].length
  }
  const readFields = (start: number, machine: string | undefined): NetrcEntry => {
    const fields: { login?: string; password?: string; account?: string } = {}
    let end = place
    for (;;) {
      const before = place
      const token = next()
      const field = token === undefined || token.isQuoted ? undefined : FIELDS.get(token.text as 'login')
      if (token !== undefined && field !== undefined) {
        fields[field] = value(token).text
        end = place
      } else if (token !== undefined && isComment(token)) {
        skipLine(token.start)
      } else {
        place = before
        const { login, password, account } = fields
        return { machine, login, password, account, start, end }
      }
    }
  }

  for (let token = next(); token !== undefined; token = next()) {
    if (isComment(token)) skipLine(token.start)
    else if (token.isQuoted) fault(text, token.start, 'a keyword is expected')
    else if (token.text === 'machine') entries.push(readFields(token.start, value(token).text))
    else if (token.text === 'default') entries.push(readFields(token.start, undefined))
    else if (token.text === 'macdef') {
      value(token)
      skipMacro()
    } else fault(text, token.start, 'a keyword is expected')
  }
  return { entries, endsInMacro }
}

const isComment = ({ text, isQuoted }: Token): boolean => text.startsWith('#') && !isQuoted

function readToken(text: string, from: number): Token | undefined {
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
  if (isQuoted && place >= text.length) fault(text, start, 'a quotation mark is not closed')
  return { text: read, start, end: isQuoted ? place + 1 : place, isQuoted }
}

function fault(text: string, place: number, what: string): never {
  const line = text.slice(0, place).split('\n').length
  throw new ClientError('netrc_invalid', `The netrc file is wrong in line ${line}: ${what}`)
}
