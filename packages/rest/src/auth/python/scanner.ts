/** Reads a pattern character by character. */
export interface Scanner {
  readonly peek: () => string | undefined
  /** @throws TypeError at the end */
  readonly next: () => string
  /** Passes over `text` if it comes next. */
  readonly take: (text: string) => boolean
  /** What matches here, passed over. */
  readonly match: (pattern: RegExp) => RegExpExecArray | undefined
  readonly fault: (reason: string) => TypeError
}

/** A {@link Scanner} at the start of `pattern`. */
export function scan(pattern: string): Scanner {
  let rest = pattern
  const fault = (reason: string) =>
    new TypeError(
      `the expression ${pattern} cannot be used, at position ${pattern.length - rest.length}: ${reason}`,
    )
  const peek = (): string | undefined => /^./su.exec(rest)?.[0]
  const take = (text: string): boolean => {
    if (!rest.startsWith(text)) return false
    rest = rest.slice(text.length)
    return true
  }
  return {
    peek,
    take,
    fault,
    next: () => {
      const char = peek()
      if (char === undefined) throw fault('it ends too early')
      take(char)
      return char
    },
    match: (expression) => {
      const found = expression.exec(rest)
      if (found?.index !== 0) return undefined
      take(found[0])
      return found
    },
  }
}

// Python's classes know all of Unicode; in JavaScript \w and \d are ASCII, and \s is another list.
const word = '\\p{L}\\p{N}_'
const space = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const classes: ReadonlyMap<string, string> = new Map([
  ['d', '\\p{Nd}'],
  ['D', '\\P{Nd}'],
  ['w', `[${word}]`],
  ['W', `[^${word}]`],
  ['s', `[${space}]`],
  ['S', `[^${space}]`],
])

/** The set of characters that a letter behind a backslash means, if it means one. */
export function classEscape(letter: string): string | undefined {
  return classes.get(letter)
}

/** A character that means itself, wherever it stands. */
export function literal(char: string): string {
  return /^[A-Za-z0-9]$/.test(char) ? char : `\\u{${char.codePointAt(0)?.toString(16) ?? ''}}`
}

const controls: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

/** One character written with a backslash; the scanner stands behind the backslash. */
export function readEscape(scanner: Scanner): string {
  const hex = scanner.match(/x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/)
  if (hex !== undefined) return codePoint(scanner, Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16))
  const octal = scanner.match(/0[0-7]{0,2}|[1-3][0-7]{2}/)
  if (octal !== undefined) return codePoint(scanner, Number.parseInt(octal[0], 8))
  const char = scanner.next()
  if (/[1-9]/.test(char)) throw scanner.fault('references to groups are not translated')
  const control = controls.get(char)
  if (control === undefined && /[A-Za-z]/.test(char)) throw scanner.fault(`\\${char} is not translated`)
  return literal(control ?? char)
}

function codePoint(scanner: Scanner, code: number): string {
  if (code > 0x10ffff) throw scanner.fault('there is no such character')
  return literal(String.fromCodePoint(code))
}
