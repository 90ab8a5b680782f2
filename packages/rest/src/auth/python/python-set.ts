import { classEscape, literal, readEscape, type Scanner } from './scanner.ts'

/** Translates a set `[…]` of Python; the scanner stands behind the opening bracket. */
export function readSet(scanner: Scanner): string {
  const negated = scanner.take('^')
  const items: string[] = []
  // A bracket in the first place is itself.
  while (items.length === 0 || !scanner.take(']')) items.push(readItem(scanner))
  return `[${negated ? '^' : ''}${items.join('')}]`
}

function readItem(scanner: Scanner): string {
  const first = readMember(scanner)
  // A hyphen in the last place is itself.
  if (scanner.match(/-(?!\])/) === undefined) return first.text
  const last = readMember(scanner)
  if (first.isClass || last.isClass) throw scanner.fault('a range needs a character at both ends')
  return `${first.text}-${last.text}`
}

function readMember(scanner: Scanner): { readonly text: string; readonly isClass: boolean } {
  const char = scanner.next()
  if (char !== '\\') return { text: literal(char), isClass: false }
  const letter = scanner.peek()
  const members = letter === undefined ? undefined : classEscape(letter)
  if (members !== undefined) {
    scanner.next()
    return { text: members, isClass: true }
  }
  // In a set it is a backspace.
  return { text: scanner.take('b') ? literal('\b') : readEscape(scanner), isClass: false }
}
