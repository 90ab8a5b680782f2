import { GroupCounter } from './group-counter.ts'
import { readSet } from './python-set.ts'
import { classEscape, literal, readEscape, scan, type Scanner } from './scanner.ts'

/** A pattern of Python's `re`, ready to match whole values. */
export interface PythonPattern {
  /** Matches as `re.fullmatch` does. */
  readonly regexp: RegExp
  readonly groupCount: number
  readonly groupNames: ReadonlyMap<string, number>
  /** Groups inside a repetition: what they hold in the end may differ between Python and JavaScript. */
  readonly repeatedGroups: ReadonlySet<number>
}

/**
 * Translates a pattern of Python's `re` (docs.python.org/3/library/re.html) for `fullmatch`. What JavaScript has no
 * equal for is refused: back-references, conditions, atomic groups, possessive quantifiers, flags but i, m, s and u, and
 * flags in the middle.
 *
 * @throws TypeError which names the place
 */
export function translatePython(pattern: string): PythonPattern {
  const scanner = scan(pattern)
  const flags = readFlags(scanner)
  const groups = new GroupCounter(scanner)
  let source = ''
  let atom = ''
  while (scanner.peek() !== undefined) {
    if (scanner.match(/\(\?#[^)]*\)/) !== undefined) continue
    const quantifier = readQuantifier(scanner)
    if (quantifier === '') {
      atom = readAtom(scanner, flags, groups)
    } else {
      if (atom === '') throw scanner.fault('there is nothing to repeat')
      if (atom === ')' && !quantifier.startsWith('?')) groups.repeat()
      atom = ''
    }
    source += quantifier === '' ? atom : quantifier
  }
  const regexp = compile(scanner, source, flags)
  return { regexp, groupCount: groups.count, groupNames: groups.names, repeatedGroups: groups.repeated }
}

function compile(scanner: Scanner, source: string, flags: Flags): RegExp {
  try {
    return new RegExp(`^(?:${source})$`, flags.has('i') ? 'vi' : 'v')
  } catch (error) {
    throw scanner.fault(error instanceof Error ? error.message : String(error))
  }
}

type Flags = ReadonlySet<string>

function readFlags(scanner: Scanner): Flags {
  return new Set(scanner.match(/\(\?([imsu]+)\)/)?.[1] ?? '')
}

function readAtom(scanner: Scanner, flags: Flags, groups: GroupCounter): string {
  const char = scanner.next()
  switch (char) {
    case '\\':
      return readEscapedAtom(scanner)
    case '[':
      return readSet(scanner)
    case '(':
      return groups.open()
    case ')':
      return groups.close()
    case '|':
      return char
    case '.':
      return flags.has('s') ? '[\\s\\S]' : '[^\\n]'
    case '^':
      return flags.has('m') ? '(?<![^\\n])' : '^'
    case '$':
      return flags.has('m') ? '(?![^\\n])' : '(?=\\n?$)'
    default:
      return literal(char)
  }
}

function readEscapedAtom(scanner: Scanner): string {
  const members = classEscape(scanner.peek() ?? '')
  if (members !== undefined) {
    scanner.next()
    return members
  }
  const word = classEscape('w') ?? ''
  if (scanner.take('A')) return '^'
  if (scanner.take('Z') || scanner.take('z')) return '$'
  if (scanner.take('b')) return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`
  if (scanner.take('B')) return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`
  return readEscape(scanner)
}

/** What says how often the atom before it comes, or nothing; a brace that says nothing is left as a character. */
function readQuantifier(scanner: Scanner): string {
  const found = scanner.match(/[*+?]|\{(\d+|\d*,\d*)\}/)
  if (found === undefined) return ''
  if (scanner.peek() === '+') throw scanner.fault('possessive quantifiers are not translated')
  const [sign, times] = found
  return `${times?.startsWith(',') === true ? `{0${times}}` : sign}${scanner.take('?') ? '?' : ''}`
}
