import { scanNetrc, type NetrcScanner, type NetrcToken } from './netrc-scanner.ts'

/** What a `.netrc` says of one machine. */
export interface NetrcEntry {
  /** As it is written, with its port where it has one; undefined for `default`. */
  readonly machine: string | undefined
  readonly login: string | undefined
  readonly password: string | undefined
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

type Field = 'login' | 'password' | 'account'

const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['login', 'login'],
  ['user', 'login'],
  ['password', 'password'],
  ['account', 'account'],
])

/**
 * Reads a `.netrc` as Python's `netrc` does, which `requests` and with it the Pele clients use: `machine` and `default`
 * with `login` (or `user`), `password` and `account`; values in double quotes, a backslash before what is meant literally;
 * `#` begins a comment where a keyword may stand; `macdef` goes on to an empty line.
 *
 * @throws {ClientError} `netrc_invalid` with the line
 */
export function parseNetrc(text: string): Netrc {
  const scanner = scanNetrc(text)
  const entries: NetrcEntry[] = []
  let endsInMacro = false
  for (let token = scanner.next(); token !== undefined; token = scanner.next()) {
    const keyword = token.isQuoted ? undefined : token.text
    if (isComment(token)) scanner.skipLine(token.start)
    else if (keyword === 'machine') entries.push(readEntry(scanner, token, valueOf(scanner, token)))
    else if (keyword === 'default') entries.push(readEntry(scanner, token, undefined))
    else if (keyword === 'macdef') {
      valueOf(scanner, token)
      endsInMacro = !scanner.skipParagraph()
    } else scanner.fault(token.start, 'a keyword is expected')
  }
  return { entries, endsInMacro }
}

/** Reads fields up to what is none. */
function readEntry(scanner: NetrcScanner, { start }: NetrcToken, machine: string | undefined): NetrcEntry {
  const fields: { [Name in Field]?: string } = {}
  let end = scanner.place()
  for (;;) {
    const before = scanner.place()
    const token = scanner.next()
    const field = token === undefined || token.isQuoted ? undefined : FIELDS.get(token.text)
    if (token !== undefined && field !== undefined) {
      fields[field] = valueOf(scanner, token)
      end = scanner.place()
    } else if (token !== undefined && isComment(token)) {
      scanner.skipLine(token.start)
    } else {
      scanner.goTo(before)
      return { machine, login: fields.login, password: fields.password, start, end }
    }
  }
}

function valueOf(scanner: NetrcScanner, keyword: NetrcToken): string {
  return scanner.next()?.text ?? scanner.fault(keyword.start, `${keyword.text} has no value`)
}

function isComment({ text, isQuoted }: NetrcToken): boolean {
  return text.startsWith('#') && !isQuoted
}
